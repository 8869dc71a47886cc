// The video operations by the official client: what is asked for is made, whatever form it was asked in. See gateway.mjs for the arguments.
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI, { toFile } from 'openai';
import { baseURL, can, checkVideo, client, completed, content, dataUrl, film, given, made, model, png, raw, rawJson, refused, small } from './gateway.mjs';

const { videos } = client;
const again = (video, params) => videos.create({ ...small, ...params });
const sameFilm = (one, other) => {
  const told = ({ model, seconds, size, prompt, remixed_from_video_id, status, error }) => ({ model, seconds, size, prompt, remixed_from_video_id, status, error });
  assert.deepEqual(told(one), told(other));
};
const holds = async (video, size, seconds) => {
  const { size: real, seconds: length } = film(await content(video.id));
  assert.equal(real, size);
  assert.ok(Math.abs(length - Number(seconds)) < 0.1, `${length} s instead of ${seconds}`);
};

// A create of a prompt alone is OpenAI's default.
const minimal = await made(videos.create({ prompt: 'A fox in the snow' }));
assert.deepEqual([minimal.model, minimal.seconds, minimal.size, minimal.prompt, minimal.remixed_from_video_id], ['sora-2', '4', '720x1280', 'A fox in the snow', null]);
await holds(await completed(minimal.id), '720x1280', 4);

// Every size, and every length.
const asked = [['720x1280', '8'], ['1280x720', '4'], ...(can('all-sizes') ? [['1024x1792', '4'], ['1792x1024', '4'], ['1280x720', '12']] : [])];
const wanted = await Promise.all(asked.map(([size, seconds]) => made(videos.create({ model: 'sora-2', prompt: `A harbour, ${size}`, size, seconds }))));
for (const [i, [size, seconds]] of asked.entries()) {
  const video = await completed(wanted[i].id);
  assert.deepEqual([video.model, video.size, video.seconds, video.prompt], ['sora-2', size, seconds, `A harbour, ${size}`]);
  assert.equal(video.kinora.model, given('stands-for', model));
  await holds(video, size, seconds);
}

// By its own name, as a form and as JSON: equal jobs; of one seed even equal films.
const seeded = can('seed') ? { kinora: { seed: 7 } } : {};
const byForm = await completed((await made(again(null, { prompt: 'A lighthouse', ...seeded }))).id);
assert.equal(byForm.model, model);
const json = await rawJson('/videos', { ...small, prompt: 'A lighthouse', ...seeded });
assert.equal(json.status, 200);
const byJson = await completed(checkVideo(await json.json()).id);
sameFilm(byForm, byJson);
const form = new FormData();
for (const [name, value] of Object.entries({ ...small, prompt: 'A lighthouse', ...(can('seed') && { kinora: '{"seed":7}' }) })) form.set(name, value);
const byPart = await completed(checkVideo(await (await raw('/videos', { method: 'POST', body: form })).json()).id);
sameFilm(byForm, byPart);
if (can('seed')) {
  const films = await Promise.all([byForm, byJson, byPart].map(video => content(video.id)));
  assert.ok(films[0].equals(films[1]) && films[0].equals(films[2]));
}

// A first picture, however it comes.
const picture = png(small.size);
const folder = await mkdtemp(join(tmpdir(), 'gateway-'));
const path = join(folder, 'first.png');
await writeFile(path, picture);
const references = {
  'a buffer': await toFile(picture, 'first.png', { type: 'image/png' }),
  'a stream': createReadStream(path),
  'no name, no type': await toFile(picture, 'unknown_file', { type: 'application/octet-stream' }),
  'another type': await toFile(picture, 'first.jpg', { type: 'image/jpeg' }),
  'a data URL': { image_url: dataUrl(picture) },
};
const referenced = {};
for (const [how, input_reference] of Object.entries(references)) {
  referenced[how] = await completed((await made(again(null, { prompt: 'It begins here', input_reference, ...seeded }))).id);
  sameFilm(referenced[how], referenced['a buffer']);
}
await rm(folder, { recursive: true });
const inJson = await rawJson('/videos', { ...small, prompt: 'It begins here', input_reference: { image_url: dataUrl(picture) }, ...seeded });
referenced['a data URL in JSON'] = await completed(checkVideo(await inJson.json()).id);
if (can('seed')) {
  const films = await Promise.all(Object.values(referenced).map(video => content(video.id)));
  assert.ok(films.every(bytes => bytes.equals(films[0])));
  assert.ok(!films[0].equals(await content(byForm.id)));
}

// Pictures that are refused: of another size, none at all, two at once, and an address in the private network, which is not even asked.
const { BadRequestError } = OpenAI;
const other = await refused(again(null, { prompt: 'x', input_reference: await toFile(png('64x64'), 'small.png') }), BadRequestError, undefined, 'input_reference');
assert.match(other.message, /64x64.*|.*320x180/);
await refused(again(null, { prompt: 'x', input_reference: await toFile(Buffer.from('no picture'), 'first.png', { type: 'image/png' }) }), BadRequestError, undefined, 'input_reference');
await refused(again(null, { prompt: 'x', input_reference: { image_url: dataUrl(picture), file_id: 'file_1' } }), BadRequestError, undefined, 'input_reference');
let visits = 0;
const server = createServer((_, response) => { visits++; response.end(picture); }).listen(0, '127.0.0.1');
await new Promise(resolve => server.once('listening', resolve));
await refused(again(null, { prompt: 'x', input_reference: { image_url: `http://127.0.0.1:${server.address().port}/first.png` } }), BadRequestError, undefined, 'input_reference');
await refused(again(null, { prompt: 'x', input_reference: { image_url: 'http://169.254.169.254/latest' } }), BadRequestError, undefined, 'input_reference');
server.close();
assert.equal(visits, 0);

console.log(JSON.stringify({ referenced: referenced['a buffer'].id, picture: picture.toString('base64'), base: baseURL }));
