// A stand-in for the peers, which are thin proxies: a server on the official TypeScript SDK whose every look is one GET to the provider, and whose
// downloads are fetched whole before they are written. It is no peer itself, and leaner than they are: plain node:http, one session, no express, no logging.
//   node peer.mjs stdio|http [address of the provider]      without an address a look is answered from a constant
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

const require = createRequire(new URL('../tests/clients/package.json', import.meta.url));
const { McpServer } = require('@modelcontextprotocol/sdk/server/mcp.js');
const { z } = require('zod');
const [transportName, provider] = process.argv.slice(2);
const constant = { object: 'video', status: 'completed', progress: 100 };

async function look(id) {
  return provider ? await (await fetch(`${provider}v1/videos/${id}`)).json() : { id, ...constant };
}

function server() {
  const mcp = new McpServer({ name: 'peer', version: '1.0.0' });
  mcp.registerTool('get_video_status', { description: 'Look at a video.', inputSchema: { video_id: z.string() } }, async ({ video_id }) => ({
    content: [{ type: 'text', text: JSON.stringify(await look(video_id), null, 2) }],
  }));
  mcp.registerTool('download_video', { description: 'Save a video.', inputSchema: { video_id: z.string(), filename: z.string() } }, async ({ video_id, filename }) => {
    const body = Buffer.from(await (await fetch(`${provider}v1/videos/${video_id}/content`)).arrayBuffer());
    await writeFile(filename, body);
    return { content: [{ type: 'text', text: `Saved ${body.length} bytes.` }] };
  });
  return mcp;
}

if (transportName === 'stdio') {
  const { StdioServerTransport } = require('@modelcontextprotocol/sdk/server/stdio.js');
  await server().connect(new StdioServerTransport());
} else {
  const { StreamableHTTPServerTransport } = require('@modelcontextprotocol/sdk/server/streamableHttp.js');
  const sessions = new Map();
  const http = createServer(async (request, response) => {
    let transport = sessions.get(request.headers['mcp-session-id']);
    if (!transport) {
      transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID, onsessioninitialized: (id) => sessions.set(id, transport) });
      await server().connect(transport);
    }

    await transport.handleRequest(request, response);
  });
  http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/mcp`));
}
