// Models and uploaded files as the official client lists and uses them. See gateway.mjs for the arguments.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { apiKey, baseURL, can, client, completed, content, given, made, model, png, raw, rawJson, refused, small } from './gateway.mjs';

const { BadRequestError, NotFoundError } = OpenAI;
const { files, models, videos } = client;
const other = new OpenAI({ baseURL, apiKey: process.env.OTHER_KEY, maxRetries: 0 });

// Models, with the names that stand for them.
const all = [];
for await (const one of models.list()) all.push(one);
const named = all.map(one => one.id);
assert.equal(new Set(named).size, named.length);
assert.ok(named.includes(model) && named.includes('sora-2'), named.join());
for (const one of all) {
  assert.equal(one.object, 'model');
  assert.ok(Number.isInteger(one.created) && typeof one.owned_by === 'string' && one.owned_by.length > 0, JSON.stringify(one));
}
assert.equal((await models.retrieve(model)).id, model);
assert.equal((await models.retrieve('sora-2')).id, 'sora-2');
assert.equal((await (await raw(`/models/${model}`)).json()).id, model);
await refused(models.retrieve('nobody/nothing'), NotFoundError);

// A file: put there, looked at, listed, used, taken away.
const picture = png(small.size);
const upload = (bytes, name, purpose = 'vision') => toFile(bytes, name, { type: 'image/png' }).then(file => files.create({ file, purpose }));
const checkFile = file => {
  for (const key of ['id', 'object', 'bytes', 'created_at', 'filename', 'purpose', 'status']) assert.ok(key in file, `${key} of ${JSON.stringify(file)}`);
  assert.equal(file.object, 'file');
  assert.match(file.id, /^file[-_]/);
  assert.ok(Math.abs(file.created_at - Date.now() / 1000) < 3600);
  return file;
};
const first = checkFile(await upload(picture, 'first frame.png'));
assert.deepEqual([first.bytes, first.filename, first.purpose, first.status], [picture.length, 'first frame.png', 'vision', 'processed']);
assert.deepEqual(await files.retrieve(first.id), first);
const more = [];
for (let i = 1; i <= 4; i++) more.push(checkFile(await upload(png('64x64', i), `picture ${i}.png`)));
const listed = [];
for await (const file of files.list({ limit: 2, order: 'asc' })) listed.push(checkFile(file).id);
assert.deepEqual(listed, [first, ...more].map(file => file.id));
assert.deepEqual((await files.list({ purpose: 'vision' })).data.length, 5);
assert.deepEqual((await other.files.list()).data, []);

const referenced = await completed((await made(videos.create({ ...small, prompt: 'It begins here', input_reference: { file_id: first.id }, ...(can('seed') && { kinora: { seed: 7 } }) }))).id);
const json = await rawJson('/videos', { ...small, prompt: 'It begins here', input_reference: { file_id: first.id }, ...(can('seed') && { kinora: { seed: 7 } }) });
const again = await completed((await json.json()).id);
if (can('seed')) {
  const direct = await made(videos.create({ ...small, prompt: 'It begins here', input_reference: await toFile(picture, 'x.png'), kinora: { seed: 7 } }));
  const films = await Promise.all([referenced, again, await completed(direct.id)].map(video => content(video.id)));
  assert.ok(films[0].equals(films[1]) && films[0].equals(films[2]));
}

if (can('edits-by-id')) {
  const edited = await rawJson('/images/edits', { model: given('image-model', model), prompt: 'make it blue', images: [{ file_id: first.id }] });
  assert.equal(edited.status, 200, await edited.clone().text());
  assert.ok((await edited.json()).data[0].b64_json.length > 100);
}

// Refusals: another user's file is none, and neither is one that is gone.
for (const call of [by => by.retrieve(first.id), by => by.delete(first.id)]) await refused(call(other.files), NotFoundError, 'not_found');
const theirs = await refused(other.videos.create({ ...small, prompt: 'x', input_reference: { file_id: first.id } }), OpenAI.APIError, undefined, 'input_reference');
const none = await refused(other.videos.create({ ...small, prompt: 'x', input_reference: { file_id: 'file-of-nobody' } }), OpenAI.APIError, undefined, 'input_reference');
assert.deepEqual([theirs.status, theirs.code], [none.status, none.code]);
await refused(upload(Buffer.from('no picture'), 'first.png'), BadRequestError, undefined, 'file');
await refused(upload(picture, 'first.png', 'fine-tune'), BadRequestError, undefined, 'purpose');
await refused(files.create({ purpose: 'vision' }), BadRequestError, 'missing_required_parameter', 'file');

assert.deepEqual(await files.delete(first.id), { id: first.id, object: 'file', deleted: true });
for (const call of [() => files.retrieve(first.id), () => files.delete(first.id)]) await refused(call(), NotFoundError, 'not_found');
await refused(videos.create({ ...small, prompt: 'x', input_reference: { file_id: first.id } }), OpenAI.APIError, undefined, 'input_reference');
assert.equal((await files.list()).data.length, 4);
console.log(JSON.stringify({ base: baseURL, key: apiKey.length }));
