// The official TypeScript clients behind one face: version 1 speaks the older revisions, version 2 is pinned to the newest.
import { Client as OlderClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as OlderStdio } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as OlderHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { Client as NewerClient, StreamableHTTPClientTransport as NewerHttp } from '@modelcontextprotocol/client';
import { StdioClientTransport as NewerStdio } from '@modelcontextprotocol/client/stdio';

const me = { name: 'kinora-tests', version: '1.0.0' };

/** @param era legacy or modern. @param target an address, or a program and its arguments; it gets this process's environment. */
export async function connect(era, target) {
  const http = target[0].startsWith('http://');
  const [Stdio, Http] = era === 'legacy' ? [OlderStdio, OlderHttp] : [NewerStdio, NewerHttp];
  const transport = http
    ? new Http(new URL(target[0]))
    : new Stdio({ command: target[0], args: target.slice(1), env: process.env, stderr: 'inherit' });
  const client = era === 'legacy' ? new OlderClient(me) : new NewerClient(me, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(transport);
  return {
    client,
    transport,
    /** A tool's answer; the client itself validates structured content against the tool's output schema, which it knows once the tools are listed. */
    call: (name, given, options) => (era === 'legacy' ? client.callTool({ name, arguments: given }, undefined, options) : client.callTool({ name, arguments: given }, options)),
  };
}
