// Pictures by npm ai, through its OpenAI provider and its provider for compatible servers. See gateway.mjs for the arguments. Neither provider makes videos in these
// versions (`experimental_generateVideo` has no OpenAI-shaped model to be given), so there is nothing to try there.
import assert from 'node:assert/strict';
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateImage } from 'ai';
import { apiKey, baseURL, given, model, png } from './gateway.mjs';

const providers = {
  openai: createOpenAI({ baseURL, apiKey }).image(model),
  compatible: createOpenAICompatible({ name: 'kinora', baseURL, apiKey }).imageModel(model),
};
const edits = Number(given('inputs', '1'));
let creates = 0;
for (const [name, image] of Object.entries(providers)) {
  const one = await generateImage({ model: image, prompt: 'a red house', size: '1024x1024' });
  creates++;
  assert.equal(one.images.length, 1, name);
  assert.equal(one.image.mediaType, 'image/png');
  assert.ok(one.image.uint8Array.length > 100);

  const two = await generateImage({ model: image, prompt: 'a green house', size: '1024x1024', n: 2, maxImagesPerCall: 2 });
  creates++;
  assert.equal(two.images.length, 2, name);

  const edited = await generateImage({ model: image, prompt: { text: 'make it blue', images: Array.from({ length: edits }, (_, i) => png('64x64', i)) }, size: '1024x1024' });
  creates++;
  assert.ok(edited.image.uint8Array.length > 100);

  // What is refused is not tried again, and says why.
  const error = await generateImage({ model: image, prompt: 'a house', size: '10x10' }).then(() => assert.fail('accepted'), fault => fault);
  assert.equal(error.statusCode, 400, String(error));
  assert.match(error.message, /10x10/);
  for (const type of ['videoModel', 'video']) assert.equal(typeof createOpenAI({ apiKey })[type], 'undefined');
}
console.log(JSON.stringify({ creates }));
