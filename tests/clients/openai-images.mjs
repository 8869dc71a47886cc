// What a program with the official OpenAI client does with pictures. Arguments: base URL, folder with one.png, two.png and mask.png. Prints what came back.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';

const [baseURL, folder] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: process.env.OPENAI_API_KEY, maxRetries: 0 });
const bytes = name => readFile(join(folder, name));
const file = async name => toFile(await bytes(name), name, { type: 'image/png' });
const dataUrl = async name => `data:image/png;base64,${(await bytes(name)).toString('base64')}`;
const says = (text, ...images) => [{ role: 'user', content: [{ type: 'input_text', text }, ...images.map(image_url => ({ type: 'input_image', image_url }))] }];
const turn = rest => client.responses.create({ model: 'gpt-5.6-sol', background: true, store: true, tool_choice: { type: 'image_generation' }, ...rest });
const ended = async id => {
  for (;;) {
    const response = await client.responses.retrieve(id);
    if (response.status !== 'queued' && response.status !== 'in_progress') return response;
  }
};

const minimal = await client.images.generate({ model: 'gpt-image-2', prompt: 'a red house' });
assert.ok(minimal.data[0].b64_json.length > 1000);
assert.equal(minimal.usage.output_tokens, 1000);

const full = await client.images.generate({
  model: 'gpt-image-2.6-flare', prompt: 'a red house; 狐', n: 2, size: '1536x1024', quality: 'low', background: 'transparent', output_format: 'webp',
});
assert.equal(full.data.length, 2);
assert.equal(full.background, 'transparent');

const edited = await client.images.edit({ model: 'gpt-image-2', prompt: 'make it blue', image: await file('one.png') });
assert.equal(edited.usage.input_tokens_details.image_tokens, 200);

const merged = await client.images.edit({
  model: 'gpt-image-2', prompt: 'put one into the other', image: [await file('one.png'), await file('two.png')], mask: await file('mask.png'),
  n: 2, size: '1024x1024', quality: 'high', background: 'opaque', output_format: 'jpeg',
});
assert.equal(merged.data.length, 2);

const first = await turn({
  input: says('a red house [lab:queued=0,running=1]'),
  instructions: 'A children\'s book.',
  tools: [{ type: 'image_generation', model: 'gpt-image-2', size: '1024x1024', quality: 'low', background: 'opaque', output_format: 'png' }],
});
assert.equal(first.status, 'queued');
const done = await ended(first.id);
const call = done.output.find(item => item.type === 'image_generation_call');
assert.ok(call.result.length > 1000);

const second = await turn({ input: says('make the roof blue [lab:picture=two,queued=0,running=0]'), previous_response_id: first.id, tools: [{ type: 'image_generation', model: 'gpt-image-2' }] });
const calls = (await ended(second.id)).output.filter(item => item.type === 'image_generation_call');
assert.equal(calls.length, 2);

await turn({
  input: [
    { type: 'image_generation_call', id: calls[0].id },
    ...says('The first picture was made from these requests, oldest first:\n1. a red house [lab:queued=0,running=1]\n2. make the roof blue [lab:picture=two,queued=0,running=0]\n\nChange it as follows: add a tree'),
  ],
  tools: [{ type: 'image_generation', model: 'gpt-image-2' }],
});

await turn({ input: says('and now this', await dataUrl('two.png')), tools: [{ type: 'image_generation', input_image_mask: { image_url: await dataUrl('mask.png') } }] });

await client.responses.create({
  model: 'gpt-5.6-sol', background: true, store: true, input: says('better contrast', await dataUrl('one.png')), tools: [{ type: 'image_generation' }],
  instructions: 'First write what you see in the picture and what should change. Then call the image generation tool to make the changed picture.',
});

const running = await turn({ input: says('a harbour [lab:running=50]'), tools: [{ type: 'image_generation' }] });
assert.equal((await client.responses.cancel(running.id)).status, 'cancelled');

const refused = await client.images.generate({ model: 'gpt-image-2', prompt: 'x [lab:create=moderation]' }).catch(error => error);
assert.equal(refused.status, 400);
assert.equal(refused.code, 'moderation_blocked');
console.log(JSON.stringify({ first: first.id, call: call.id, branch: calls[0].id }));
