// How a program with the official OpenAI client watches pictures being made. Arguments: base URL, a PNG to edit. Prints how many creates that was.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { crc32, inflateSync } from 'node:zlib';
import OpenAI, { toFile } from 'openai';

const [baseURL, picture] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: process.env.OPENAI_API_KEY, maxRetries: 0 });
let creates = 0;

// A PNG is read whole: the sum of every chunk, and as many bytes of colour as its size says.
const size = base64 => {
  const bytes = Buffer.from(base64, 'base64');
  assert.equal(bytes.toString('base64'), base64);
  assert.equal(bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  const data = [];
  let [header, at] = [null, 8];
  for (; ;) {
    const [length, type] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)];
    assert.equal(bytes.readUInt32BE(at + 8 + length), crc32(bytes.subarray(at + 4, at + 8 + length)), type);
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'IHDR') header = { width: body.readUInt32BE(0), height: body.readUInt32BE(4), channels: { 2: 3, 6: 4 }[body[9]] };
    if (type === 'IDAT') data.push(body);
    at += 12 + length;
    if (type === 'IEND') break;
  }
  assert.equal(at, bytes.length);
  assert.equal(inflateSync(Buffer.concat(data)).length, header.height * (1 + header.width * header.channels));
  return `${header.width}x${header.height}`;
};
const all = async stream => {
  creates++;
  const events = [];
  for await (const event of await stream) events.push(event);
  return events;
};
const types = events => events.map(event => event.type);
const distinct = pictures => assert.equal(new Set(pictures).size, pictures.length);

// The Images API: generations and edits.
const imageEvents = (events, name, frame, made) => {
  assert.deepEqual(types(events), [`${name}.partial_image`, `${name}.partial_image`, `${name}.completed`]);
  const common = ['b64_json', 'background', 'created_at', 'output_format', 'quality', 'size', 'type'];
  for (const [index, event] of events.entries()) {
    const last = index === 2;
    assert.deepEqual(Object.keys(event).sort(), [...common, last ? 'usage' : 'partial_image_index'].sort());
    assert.ok(last || event.partial_image_index === index);
    assert.deepEqual({ size: event.size, quality: event.quality, background: event.background, output_format: event.output_format }, { size: frame, output_format: 'png', ...made });
    assert.ok(Math.abs(event.created_at - Date.now() / 1000) < 600);
    assert.equal(size(event.b64_json), frame);
  }
  distinct(events.map(event => event.b64_json));
};
const generated = await all(client.images.generate({
  model: 'gpt-image-2', prompt: 'a red house', stream: true, partial_images: 2, size: '1536x1024', quality: 'low', background: 'opaque',
}));
imageEvents(generated, 'image_generation', '1536x1024', { quality: 'low', background: 'opaque' });
assert.deepEqual([generated[2].usage.input_tokens, generated[2].usage.output_tokens, generated[2].usage.total_tokens], [10, 1000, 1010]);

const image = await toFile(await readFile(picture), 'house.png', { type: 'image/png' });
const edited = await all(client.images.edit({ model: 'gpt-image-2', prompt: 'make it blue', image, stream: true, partial_images: 2, background: 'transparent' }));
imageEvents(edited, 'image_edit', '1024x1024', { quality: 'medium', background: 'transparent' });
assert.deepEqual(edited[2].usage.input_tokens_details, { text_tokens: 10, image_tokens: 200 });

assert.deepEqual(types(await all(client.images.generate({ model: 'gpt-image-2', prompt: 'x', stream: true }))), ['image_generation.completed']);
const most = await all(client.images.generate({ model: 'gpt-image-2', prompt: 'x', stream: true, partial_images: 3, n: 2 }));
assert.equal(most.length, 8);
assert.equal(most.filter(event => event.type === 'image_generation.completed').length, 2);

// The Responses API: a picture that is called for, words before it.
const ask = (input, more) => ({ model: 'gpt-5.6-sol', input, stream: true, tools: [{ type: 'image_generation', partial_images: 2, size: '1024x1024', quality: 'high' }], ...more });
const call = ['response.output_item.added', ...['in_progress', 'generating', 'partial_image', 'partial_image'].map(word => `response.image_generation_call.${word}`)];
const responseEvents = (events, opening, end) => {
  assert.deepEqual(types(events), [...opening.map(word => `response.${word}`), ...end]);
  assert.deepEqual(events.map(event => event.sequence_number), [...events.keys()]);
  const partials = events.filter(event => event.type === 'response.image_generation_call.partial_image');
  for (const [index, event] of partials.entries()) {
    const { type, sequence_number, item_id, output_index, partial_image_b64, ...rest } = event;
    assert.deepEqual(rest, { partial_image_index: index, size: '1024x1024', quality: 'high', background: 'opaque', output_format: 'png' });
    assert.equal(size(partial_image_b64), '1024x1024');
    const added = events.find(one => one.type === 'response.output_item.added' && one.output_index === output_index);
    assert.deepEqual([added.item.id, added.item.type, added.item.status], [item_id, 'image_generation_call', 'in_progress']);
  }
  return partials.map(event => event.partial_image_b64);
};
const completedCall = [...call, 'response.image_generation_call.completed', 'response.output_item.done'];
const quiet = { tool_choice: { type: 'image_generation' } };
const reasoning = ['response.output_item.added', 'response.output_item.done'];
const first = await all(client.responses.create(ask('a red house', quiet)));
const partials = responseEvents(first, ['created', 'in_progress'], [...reasoning, ...completedCall, 'response.completed']);
const finished = first.at(-1).response;
const done = first.findLast(event => event.type === 'response.output_item.done').item;
assert.deepEqual(done, finished.output.find(item => item.type === 'image_generation_call'));
assert.equal(done.status, 'completed');
assert.equal(size(done.result), '1024x1024');
distinct([...partials, done.result]);
assert.deepEqual([first[0].response.status, first[0].response.output, first[0].response.id], ['in_progress', [], finished.id]);

const words = letters => ['response.output_item.added', 'response.content_part.added', ...letters, 'response.content_part.done', 'response.output_item.done'];
const spoken = await all(client.responses.create(ask('a green house')));
const deltas = spoken.filter(event => event.type === 'response.output_text.delta');
assert.ok(deltas.length > 1);
responseEvents(spoken, ['created', 'in_progress'], [...reasoning, ...words([...types(deltas), 'response.output_text.done']), ...completedCall, 'response.completed']);
assert.equal(deltas.map(event => event.delta).join(''), spoken.at(-1).response.output[1].content[0].text);

const later = await all(client.responses.create(ask('a harbour', { background: true, previous_response_id: finished.id, ...quiet })));
responseEvents(later, ['created', 'queued', 'in_progress'], [...reasoning, ...completedCall, 'response.completed']);
assert.equal((await client.responses.retrieve(later[0].response.id)).status, 'completed');

// The client's own gathering of events into a response, stricter than a loop over them.
for (const prompt of ['a boat [lab:picture=two]', 'a knife [lab:end=moderation]', 'a tower [lab:picture=none]']) {
  creates++;
  const gathered = client.responses.stream(ask(prompt));
  let whole;
  gathered.on('response.completed', event => { whole = event.response; });
  assert.deepEqual((await gathered.finalResponse()).output.map(item => [item.id, item.type, item.status]), whole.output.map(item => [item.id, item.type, item.status]));
}

// What goes wrong: before the stream it is a plain error, and nothing is paid; later it is an event.
const fails = async (stream, status, code) => {
  const error = await stream.then(async events => { for await (const event of events) assert.ok(!event.type.endsWith('completed')); }).catch(fault => fault);
  assert.ok(error instanceof OpenAI.APIError, String(error));
  assert.deepEqual([error.status, error.code], [status, code]);
};
const picked = { model: 'gpt-image-2', stream: true, partial_images: 1 };
await fails(client.images.generate({ ...picked, prompt: 'y [lab:create=429]' }), 429, 'rate_limit_exceeded');
await fails(client.images.generate({ ...picked, prompt: 'y', partial_images: 4 }), 400, 'invalid_value');
await fails(client.responses.create(ask('y [lab:create=moderation]')), 400, 'moderation_blocked');
await fails(client.responses.create(ask('y', { tools: [{ type: 'image_generation', partial_images: 9 }] })), 400, 'invalid_value');
creates++;
await fails(client.images.generate({ ...picked, prompt: 'y [lab:end=moderation]' }), undefined, 'moderation_blocked');
creates++;
await fails(client.images.edit({ ...picked, prompt: 'y [lab:fault=error_event]', image }), undefined, 'server_error');
creates++;
await fails(client.responses.create(ask('y [lab:fault=error_event]')), undefined, 'server_error');
for (const [end, word] of [['failed', 'failed'], ['expired', 'incomplete']]) {
  const broken = await all(client.responses.create(ask(`y [lab:end=${end}]`)));
  responseEvents(broken, ['created', 'in_progress'], [...call, `response.${word}`]);
  assert.equal(broken.at(-1).response.status, word);
}
console.log(JSON.stringify({ creates }));
