// What an agent does: looks around, makes a video, waits for it, saves it, reads it. Arguments: era, then the target. Prints what it saw as JSON.
import assert from 'node:assert/strict';
import { connect } from './connect.mjs';

const [era, ...target] = process.argv.slice(2);
const { client, call } = await connect(era, target);
assert.ok(client.getServerVersion().version);
assert.ok(client.getInstructions().length > 0);

const { tools } = await client.listTools();
assert.ok(tools.every(tool => tool.outputSchema && tool.annotations));

const created = await call('create_video', { prompt: 'A lighthouse in the rain', size: '320x180', seconds: '1' });
assert.notEqual(created.isError, true, JSON.stringify(created));
const id = created.structuredContent.id;

const progress = [];
const waited = await call('wait_for_video', { video_id: id }, { onprogress: p => progress.push(p.progress), resetTimeoutOnProgress: true });
assert.equal(waited.structuredContent.status, 'completed', JSON.stringify(waited));
assert.equal(waited.structuredContent.id, id);
assert.ok(progress.length > 0);
progress.reduce((before, now) => (assert.ok(now > before, `progress ${progress}`), now), -1);

const saved = await call('download_video', { video_id: id });
assert.notEqual(saved.isError, true, JSON.stringify(saved));
const link = saved.content.find(block => block.type === 'resource_link');
const film = (await client.readResource({ uri: link.uri })).contents[0];
assert.equal(Buffer.from(film.blob, 'base64').length, saved.structuredContent.size_bytes);
const described = (await client.readResource({ uri: `kinora://videos/${id}` })).contents[0];
assert.equal(JSON.parse(described.text).id, id);
assert.ok((await client.listResources()).resources.some(resource => resource.uri === described.uri));
assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 4);

const { prompts } = await client.listPrompts();
const prompt = await client.getPrompt({ name: prompts[0].name, arguments: { idea: 'A paper boat' } });
assert.match(prompt.messages[0].content.text, /A paper boat/);
const completed = await client.complete({ ref: { type: 'ref/resource', uri: 'kinora://videos/{id}' }, argument: { name: 'id', value: id.slice(0, 8) } });
assert.ok(completed.completion.values.includes(id));

const wrong = await call('get_video_status', { video_id: 'video_of_somebody_else' });
assert.equal(wrong.isError, true);
await client.close();
console.log(JSON.stringify({ id, progress, tools: tools.length, saved: saved.structuredContent }));
