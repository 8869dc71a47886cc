// What the official client does with a video that is there: its files, what is made from it, its end. See gateway.mjs for the arguments.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { baseURL, can, checkEnvelope, client, completed, content, film, made, model, raw, rawJson, refused, small } from './gateway.mjs';

const { BadRequestError, NotFoundError } = OpenAI;
const { videos } = client;
const start = params => made(videos.create({ ...small, ...params }));
const source = await completed((await start({ prompt: 'A paper boat on a canal' })).id);

// Three files, as streams.
const bytes = await content(source.id);
assert.ok((await content(source.id, 'video')).equals(bytes));
assert.equal(film(bytes).size, small.size);
const thumbnail = await content(source.id, 'thumbnail', 'image/webp');
assert.equal(thumbnail.toString('latin1', 0, 4) + thumbnail.toString('latin1', 8, 12), 'RIFFWEBP');
const spritesheet = await content(source.id, 'spritesheet', 'image/jpeg');
assert.equal(spritesheet.toString('hex', 0, 3), 'ffd8ff');
await refused(videos.downloadContent(source.id, { variant: 'poster' }), BadRequestError, 'invalid_value', 'variant');

// Parts of them, as players ask.
const path = `/videos/${source.id}/content`;
const part = async (headers, method = 'GET') => {
  const response = await raw(path, { method, headers });
  return { response, status: response.status, range: response.headers.get('content-range'), bytes: Buffer.from(await response.arrayBuffer()) };
};
const head = await part({}, 'HEAD');
assert.deepEqual([head.status, head.response.headers.get('content-length'), head.response.headers.get('accept-ranges'), head.bytes.length], [200, String(bytes.length), 'bytes', 0]);
const etag = head.response.headers.get('etag');
for (const [asked, from, to] of [['bytes=0-99', 0, 99], ['bytes=100-', 100, bytes.length - 1], ['bytes=-7', bytes.length - 7, bytes.length - 1]]) {
  const got = await part({ range: asked });
  assert.deepEqual([got.status, got.range], [206, `bytes ${from}-${to}/${bytes.length}`]);
  assert.ok(got.bytes.equals(bytes.subarray(from, to + 1)));
}
assert.equal((await part({ range: 'bytes=0-9', 'if-range': etag })).status, 206);
assert.equal((await part({ range: 'bytes=0-9', 'if-range': '"another"' })).status, 200);
assert.equal((await part({ 'if-none-match': etag })).status, 304);
const beyond = await part({ range: `bytes=${bytes.length}-` });
assert.deepEqual([beyond.status, beyond.range], [416, `bytes */${bytes.length}`]);

// New films from it.
const madeFrom = async call => {
  const first = await made(call);
  assert.equal(first.model, model);
  assert.equal(first.size, small.size);
  return completed(first.id);
};
if (can('remix')) {
  const remix = await madeFrom(videos.remix(source.id, { prompt: 'By night' }));
  assert.deepEqual([remix.remixed_from_video_id, remix.prompt, remix.seconds], [source.id, 'By night', source.seconds]);
  const byForm = new FormData();
  byForm.set('prompt', 'By night');
  assert.equal((await (await raw(`/videos/${source.id}/remix`, { method: 'POST', body: byForm })).json()).remixed_from_video_id, source.id);
}
if (can('edit')) {
  const edited = await madeFrom(videos.edit({ prompt: 'In winter', video: { id: source.id } }));
  assert.deepEqual([edited.prompt, edited.seconds], ['In winter', source.seconds]);
  assert.equal((await rawJson('/videos/edits', { prompt: 'In winter', video: { id: source.id } })).status, 200);
  await refused(videos.edit({ prompt: 'x', video: { id: `video_${'0'.repeat(32)}` } }), NotFoundError, 'not_found');
  await refused(videos.edit({ prompt: 'x' }), BadRequestError, 'missing_required_parameter', 'video');
}
if (can('edit-upload')) {
  const upload = await toFile(bytes, 'unknown_file', { type: 'application/octet-stream' });
  const edited = await completed((await made(videos.edit({ model, prompt: 'In spring', video: upload }))).id);
  assert.equal(film(await content(edited.id)).size, small.size);
  await refused(videos.edit({ model, prompt: 'x', video: await toFile(Buffer.from('no film'), 'film.mp4', { type: 'video/mp4' }) }), BadRequestError, undefined, 'video');
}
if (can('extend')) {
  let before = source;
  for (const seconds of ['4', '8']) {
    const longer = await madeFrom(videos.extend({ prompt: 'It drifts on', seconds, video: { id: before.id } }));
    const total = Number(before.seconds) + Number(seconds);
    assert.equal(longer.seconds, String(total));
    assert.ok(Math.abs(film(await content(longer.id)).seconds - total) < 0.1);
    before = longer;
  }
  await refused(videos.extend({ prompt: 'x', video: { id: source.id } }), BadRequestError, 'missing_required_parameter', 'seconds');
}

// Characters.
if (can('characters')) {
  const character = await videos.createCharacter({ name: 'Captain Ø', video: await toFile(bytes, 'captain.mp4', { type: 'video/mp4' }) });
  assert.deepEqual(Object.keys(character).sort(), ['created_at', 'id', 'name']);
  assert.equal(character.name, 'Captain Ø');
  assert.ok(Number.isInteger(character.created_at) && character.id.length > 0);
  assert.deepEqual(await videos.getCharacter(character.id), character);
  const starring = await completed((await start({ prompt: 'Captain Ø waves', characters: [{ id: character.id }] })).id);
  assert.equal(starring.prompt, 'Captain Ø waves');
  const upload = () => toFile(bytes, 'captain.mp4', { type: 'video/mp4' });
  await refused(videos.createCharacter({ name: 'x'.repeat(81), video: await upload() }), BadRequestError, 'invalid_value', 'name');
  await refused(videos.createCharacter({ video: await upload() }), BadRequestError, 'missing_required_parameter', 'name');
  await refused(videos.createCharacter({ name: 'x' }), BadRequestError, 'missing_required_parameter', 'video');
  await refused(videos.createCharacter({ name: 'x', video: await toFile(Buffer.from('no film'), 'film.mp4') }), BadRequestError, undefined, 'video');
  await refused(videos.getCharacter('char_of_somebody_else'), NotFoundError, 'not_found');
  await refused(videos.create({ ...small, prompt: 'x', characters: Array(3).fill({ id: character.id }) }), BadRequestError, undefined, 'characters');
}

// Before its end nothing can be fetched or removed; afterwards it is gone for all operations, though not as the place in a list.
const long = await start({ prompt: 'A long take [lab:running=100000]', seconds: model.startsWith('lab/') ? '4' : '60', size: '1280x720' });
await refused(videos.downloadContent(long.id), NotFoundError, 'video_not_ready');
await refused(videos.delete(long.id), BadRequestError, 'video_not_terminal');
if (can('remix')) await refused(videos.remix(long.id, { prompt: 'x' }), BadRequestError);

assert.deepEqual(await videos.delete(source.id), { id: source.id, object: 'video.deleted', deleted: true });
for (const call of [() => videos.retrieve(source.id), () => videos.downloadContent(source.id), () => videos.delete(source.id), () => videos.remix(source.id, { prompt: 'x' })]) {
  await refused(call(), NotFoundError, 'not_found');
}
for await (const video of videos.list({ limit: 100 })) assert.notEqual(video.id, source.id);

// Literal segments are no ids.
for (const segment of ['edits', 'extensions', 'characters']) {
  const response = await raw(`/videos/${segment}`);
  assert.ok([404, 405].includes(response.status), `${segment}: ${response.status}`);
  checkEnvelope((await response.json()).error);
}
console.log(JSON.stringify({ base: baseURL }));
