// Pictures, by the Images API and in the background by the Responses API, as the official client asks for them. See gateway.mjs for the arguments; the model is one of the lab's.
// Prints how many creates that was.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import OpenAI, { toFile } from 'openai';
import { can, client, dataUrl, given, model, png, pngSize, rawJson, refused } from './gateway.mjs';

const { images, responses } = client;
const { BadRequestError, NotFoundError } = OpenAI;
let creates = 0;
const paid = promise => { creates++; return promise; };
const file = (bytes, name = 'one.png') => toFile(bytes, name, { type: 'image/png' });
const checkUsage = usage => {
  if (usage === undefined || usage === null) return;
  for (const figure of ['input_tokens', 'output_tokens', 'total_tokens']) assert.ok(Number.isInteger(usage[figure]), JSON.stringify(usage));
  for (const figure of ['text_tokens', 'image_tokens']) assert.ok(Number.isInteger(usage.input_tokens_details[figure]), JSON.stringify(usage));
};
const checkAnswer = (answer, count) => {
  assert.ok(Number.isInteger(answer.created) && Math.abs(answer.created - Date.now() / 1000) < 3600);
  assert.equal(answer.data.length, count);
  for (const one of answer.data) assert.ok(one.b64_json.length > 100);
  checkUsage(answer.usage);
  return answer;
};

// Made from words.
const minimal = checkAnswer(await paid(images.generate({ model, prompt: 'a red house' })), 1);
assert.equal(minimal.output_format, 'png');
const full = checkAnswer(await paid(images.generate({ model, prompt: 'a red house; 狐', n: 2, size: '1536x1024', quality: 'low', background: 'opaque', output_format: 'png', moderation: 'auto' })), 2);
assert.deepEqual([full.size, full.quality, full.background, full.output_format], ['1536x1024', 'low', 'opaque', 'png']);
assert.deepEqual(full.data.map(one => pngSize(one.b64_json)), ['1536x1024', '1536x1024']);
const webp = checkAnswer(await paid(images.generate({ model, prompt: 'a red house', size: '1024x1024', output_format: 'webp', background: 'transparent' })), 1);
assert.equal(Buffer.from(webp.data[0].b64_json, 'base64').toString('latin1', 8, 12), 'WEBP');
checkAnswer(await paid(images.generate({ model, prompt: 'a red house', response_format: 'b64_json' })), 1);
checkAnswer(await paid(images.generate({ model: given('alias', 'gpt-image-1'), prompt: 'by its old name' })), 1);

// Made from pictures: one, and as many as are allowed, with a mask.
checkAnswer(await paid(images.edit({ model, prompt: 'make it blue', image: await file(png('64x64')) })), 1);
const sixteen = await Promise.all(Array.from({ length: 16 }, (_, i) => file(png('64x64', i), `picture ${i}.png`)));
const merged = checkAnswer(await paid(images.edit({
  model, prompt: 'put them all into one', image: sixteen, mask: await file(png('64x64', 0, true), 'mask.png'), n: 2, size: '1024x1024', quality: 'high',
})), 2);
assert.equal(merged.size, '1024x1024');
const inJson = await paid(rawJson('/images/edits', { model, prompt: 'make it green', images: [{ image_url: dataUrl(png('64x64')) }] }));
checkAnswer(await inJson.json(), 1);
await refused(images.edit({ model, prompt: 'x', image: [...sixteen, sixteen[0]] }), BadRequestError, undefined, 'image');
await refused(images.edit({ model, prompt: 'x', image: await file(Buffer.from('no picture')) }), BadRequestError, undefined, 'image');
await refused(images.edit({ model, prompt: 'x' }), BadRequestError, 'missing_required_parameter', 'image');

// Refusals.
await refused(images.generate({ model }), BadRequestError, 'missing_required_parameter', 'prompt');
await refused(images.generate({ model, prompt: 'x', n: 11 }), BadRequestError, undefined, 'n');
await refused(images.generate({ model, prompt: 'x', n: 'two' }), BadRequestError, 'invalid_type', 'n');
await refused(images.generate({ model, prompt: 'x', size: '10x10' }), BadRequestError, undefined, 'size');
await refused(images.generate({ model, prompt: 'x', output_format: 'bmp' }), BadRequestError, 'invalid_value', 'output_format');
await refused(images.generate({ model, prompt: 'x', output_format: 'jpeg', background: 'transparent' }), BadRequestError);
await refused(images.generate({ model, prompt: 'x', colour: 'red' }), BadRequestError, 'unknown_parameter', 'colour');
await refused(images.generate({ model, prompt: 'x', partial_images: 4, stream: true }), BadRequestError, undefined, 'partial_images');
await refused(images.generate({ model: 'nobody/nothing', prompt: 'x' }), OpenAI.APIError, 'model_not_found', 'model');
const moderated = await refused(images.generate({ model, prompt: 'x [lab:create=moderation]' }), OpenAI.APIError);
assert.equal(moderated.headers.get('x-should-retry'), 'false');

// Seen as they come.
for (const [name, call] of [['image_generation', images.generate({ model, prompt: 'a red house', stream: true, partial_images: 2, size: '1024x1024' })],
  ['image_edit', images.edit({ model, prompt: 'make it blue', stream: true, partial_images: 2, image: await file(png('64x64')), size: '1024x1024' })]]) {
  const events = [];
  for await (const event of await paid(call)) events.push(event);
  const partial = events.slice(0, -1);
  assert.ok(partial.length <= 2);
  assert.deepEqual(partial.map(event => [event.type, event.partial_image_index]), partial.map((_, i) => [`${name}.partial_image`, i]));
  const last = events.at(-1);
  assert.equal(last.type, `${name}.completed`);
  for (const event of events) assert.equal(pngSize(event.b64_json), '1024x1024');
  assert.equal(last.size, '1024x1024');
  checkUsage(last.usage);
}

// In the background.
if (can('responses')) {
  const turn = rest => responses.create({ model: 'gpt-5.6-sol', background: true, tools: [{ type: 'image_generation', model }], ...rest });
  const ended = async id => {
    for (;;) {
      const response = await responses.retrieve(id);
      assert.equal(response.id, id);
      assert.equal(response.object, 'response');
      if (response.status !== 'queued' && response.status !== 'in_progress') return response;
      await pause(50);
    }
  };
  const callOf = response => response.output.find(item => item.type === 'image_generation_call');
  const first = await paid(turn({ input: 'a red house', tools: [{ type: 'image_generation', model, size: '1024x1024', quality: 'low', output_format: 'png' }] }));
  assert.ok(['queued', 'in_progress'].includes(first.status), first.status);
  assert.match(first.id, /^resp_/);
  const done = await ended(first.id);
  assert.deepEqual([done.status, done.error], ['completed', null]);
  assert.equal(callOf(done).status, 'completed');
  assert.equal(pngSize(callOf(done).result), '1024x1024');

  const content = [{ type: 'input_text', text: 'make the roof blue' }, { type: 'input_image', image_url: dataUrl(png('64x64')) }];
  const second = await ended((await paid(turn({ input: [{ role: 'user', content }] }))).id);
  assert.ok(callOf(second).result.length > 100);
  if (can('previous')) {
    const third = await ended((await paid(turn({ input: 'and now by night', previous_response_id: done.id }))).id);
    assert.equal(third.previous_response_id, done.id);
    assert.equal(callOf(third).status, 'completed');
  }

  const running = await paid(turn({ input: 'a harbour [lab:running=100000]', tools: [{ type: 'image_generation', model: 'pictures/gpt-5.6-sol' }] }));
  while ((await responses.retrieve(running.id)).kinora.stage !== 'running') await pause(50);
  assert.equal((await responses.cancel(running.id)).status, 'cancelled');
  assert.equal((await responses.retrieve(running.id)).status, 'cancelled');

  await refused(turn({ input: 'x', tools: [{ type: 'web_search' }] }), BadRequestError, undefined, 'tools');
  await refused(turn({}), BadRequestError, 'missing_required_parameter', 'input');
  await refused(responses.retrieve('resp_of_somebody_else'), NotFoundError, 'not_found');
  await refused(responses.cancel('resp_of_somebody_else'), NotFoundError, 'not_found');
}
console.log(JSON.stringify({ creates }));
