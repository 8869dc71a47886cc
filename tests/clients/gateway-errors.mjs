// How the official client sees what is refused: the class, the code, the field, and a sentence that helps. Beside the arguments of gateway.mjs it takes keys from
// the environment: READ_KEY can only read, OTHER_KEY is another user's, POOR_KEY belongs to one whose budget is used up.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { apiKey, baseURL, checkEnvelope, client, completed, made, model, raw, rawJson, refused, small } from './gateway.mjs';

const { AuthenticationError, BadRequestError, NotFoundError, PermissionDeniedError, UnprocessableEntityError } = OpenAI;
const { videos } = client;
const as = key => new OpenAI({ baseURL, apiKey: key, maxRetries: 0 }).videos;
const { READ_KEY, OTHER_KEY, POOR_KEY } = process.env;
const create = params => videos.create({ ...small, prompt: 'A fox', ...params });
/** What the SDK cannot send, in its own terms. */
const sent = async (body, headers) => {
  const response = await rawJson('/videos', body, headers);
  if (response.ok) return response.json();
  throw OpenAI.APIError.generate(response.status, await response.json(), undefined, response.headers);
};
const jobs = async () => (await videos.list({ limit: 100 })).data.length;
const says = (error, ...parts) => parts.forEach(part => assert.match(error.message, part));

// Missing, wrong, out of range.
await refused(videos.create({ model }), BadRequestError, 'missing_required_parameter', 'prompt');
await refused(sent({}), BadRequestError, 'missing_required_parameter', 'prompt');
await refused(sent({ prompt: 5 }), BadRequestError, 'invalid_type', 'prompt');
await refused(sent({ prompt: 'x', seconds: 4 }), BadRequestError, 'invalid_type', 'seconds');
await refused(sent({ prompt: 'x', model: ['sora-2'] }), BadRequestError, 'invalid_type', 'model');
await refused(sent({ prompt: 'x', input_reference: 'https://example.com/x.png' }), BadRequestError, 'invalid_type', 'input_reference');
await refused(create({ input_reference: 'data:image/png;base64,AAAA' }), BadRequestError, 'invalid_type', 'input_reference');
await refused(sent({ prompt: 'x', input_reference: {} }), BadRequestError, undefined, 'input_reference');
await refused(create({ prompt: '' }), BadRequestError, undefined, 'prompt');
says(await refused(create({ prompt: 'x'.repeat(32_001) }), BadRequestError, 'invalid_value', 'prompt'), /32,?000/, /32,?001/);
await refused(create({ size: 'huge' }), BadRequestError, 'invalid_value', 'size');
await refused(create({ seconds: 'long' }), BadRequestError, 'invalid_value', 'seconds');
await refused(create({ seconds: '-4' }), BadRequestError, undefined, 'seconds');
says(await refused(create({ size: '9000x100' }), BadRequestError, 'unsupported_by_model', 'size'), /9000x100/, /3840/);
says(await refused(create({ seconds: '61' }), BadRequestError, 'unsupported_by_model', 'seconds'), /61/, /60/);
await refused(create({ kinora: { negative_prompt: 'rain' } }), BadRequestError, 'unsupported_by_model');

// Nothing unknown is dropped.
await refused(create({ fps: 24 }), BadRequestError, 'unknown_parameter', 'fps');
await refused(create({ n: 2 }), BadRequestError, 'unknown_parameter', 'n');
await refused(sent({ prompt: 'x', webhook_url: 'https://example.com' }), BadRequestError, 'unknown_parameter', 'webhook_url');
assert.match((await refused(create({ kinora: { sead: 7 } }), BadRequestError, 'unknown_parameter')).param, /sead/);

// All faults at once, the first one as the field.
const many = await refused(sent({ prompt: '', size: 'huge', seconds: 4, fps: 24 }), BadRequestError);
for (const field of ['prompt', 'size', 'seconds', 'fps']) assert.match(many.message, new RegExp(field, 'i'));

const nobody = await refused(create({ model: 'nobody/nothing' }), OpenAI.APIError, 'model_not_found', 'model');
assert.ok([400, 404].includes(nobody.status));

// Broken bodies.
for (const [type, body] of [['application/json', '{"prompt":'], ['application/json', '[]'], ['application/json', ''], ['text/plain', 'prompt=x'], ['multipart/form-data; boundary=x', 'no form']]) {
  const response = await raw('/videos', { method: 'POST', body, headers: { 'content-type': type } });
  assert.ok([400, 415].includes(response.status), `${type} ${body}: ${response.status}`);
  checkEnvelope((await response.json()).error);
  assert.ok(response.headers.get('x-request-id'));
}
assert.equal(await jobs(), 0);

// Whoever has no right to it.
await refused(as(`kin_${'A'.repeat(43)}`).list(), AuthenticationError, 'invalid_api_key');
await refused(as('sk-somebody-elses').create({ prompt: 'x' }), AuthenticationError, 'invalid_api_key');
await refused(as(READ_KEY).create({ ...small, prompt: 'x' }), PermissionDeniedError, 'insufficient_scope');
assert.deepEqual((await as(READ_KEY).list()).data, []);

// Another user's video does not differ from one that never was.
const mine = await completed((await made(create())).id);
const never = `video_${'0'.repeat(32)}`;
const same = (one, other) => assert.deepEqual({ ...one.error, message: one.error.message.replaceAll(mine.id, never) }, other.error);
for (const call of [
  (by, id) => by.retrieve(id), (by, id) => by.delete(id), (by, id) => by.downloadContent(id), (by, id) => by.downloadContent(id, { variant: 'thumbnail' }),
  (by, id) => by.remix(id, { prompt: 'x' }), (by, id) => by.edit({ prompt: 'x', video: { id } }), (by, id) => by.extend({ prompt: 'x', seconds: '4', video: { id } }),
]) {
  const [theirs, none] = [await refused(call(as(OTHER_KEY), mine.id), OpenAI.APIError), await refused(call(as(OTHER_KEY), never), OpenAI.APIError)];
  assert.equal(theirs.status, none.status);
  assert.ok([400, 404].includes(none.status));
  same(theirs, none);
}
for (const query of [{}, { after: mine.id }, { after: never }]) assert.deepEqual((await as(OTHER_KEY).list(query)).data, []);
for (const id of [never, 'video_short', 'nonsense', 'video_%2e%2e', 'a:b/c', `video_${'z'.repeat(32)}`, 'é'.repeat(50)]) {
  await refused(videos.retrieve(id), NotFoundError, 'not_found');
  await refused(videos.downloadContent(id), NotFoundError, 'not_found');
  await refused(videos.delete(id), NotFoundError, 'not_found');
}
// An id of the other doors is the same job.
const uuid = mine.id.slice(6).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
assert.equal((await videos.retrieve(uuid)).id, mine.id);

// One key, two bodies.
const keyed = { headers: { 'Idempotency-Key': 'errors-1' } };
await made(videos.create({ ...small, prompt: 'A fox' }, keyed));
await refused(videos.create({ ...small, prompt: 'A hare' }, keyed), UnprocessableEntityError, 'idempotency_key_reused');
await refused(videos.create({ ...small, prompt: 'A fox' }, { headers: { 'Idempotency-Key': 'k'.repeat(256) } }), BadRequestError);

// What it may cost.
await refused(create({ kinora: { max_cost_usd: -1 } }), BadRequestError);
const poor = await refused(as(POOR_KEY).create({ model: 'lab/lab-video', prompt: 'x', size: '1280x720', seconds: '4' }), OpenAI.APIError, 'budget_exceeded');
assert.deepEqual([poor.status, poor.type], [402, 'insufficient_quota']);

// Lists.
assert.deepEqual(await (await raw('/videos?limit=0')).json(), { object: 'list', data: [], first_id: null, last_id: null, has_more: false });
for (const [query, param, code] of [['limit=101', 'limit', 'invalid_value'], ['limit=-1', 'limit', 'invalid_value'], ['limit=ten', 'limit', 'invalid_type'], ['order=up', 'order', 'invalid_value']]) {
  const response = await raw(`/videos?${query}`);
  assert.equal(response.status, 400, query);
  const { error } = await response.json();
  checkEnvelope(error);
  assert.deepEqual([error.param, error.code], [param, code]);
}

// Places that are not there.
for (const [method, path, status] of [['GET', '/nothing', 404], ['PUT', '/videos', 405], ['PATCH', `/videos/${mine.id}`, 405], ['POST', '/chat/completions', 404]]) {
  const response = await raw(path, { method });
  assert.ok([status, 404].includes(response.status), `${method} ${path}: ${response.status}`);
  checkEnvelope((await response.json()).error);
}
console.log(JSON.stringify({ base: baseURL, key: apiKey.length }));
