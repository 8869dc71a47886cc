// One video from its create to its end, whichever server makes it. See gateway.mjs for the arguments. Prints how many creates that was.
import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { can, client, completed, content, ended, film, made, model, png, refused, small } from './gateway.mjs';

const { videos } = client;
let creates = 1;
const video = await completed((await made(videos.create({ ...small, prompt: 'A harbour at dawn' }))).id);
assert.deepEqual([video.model, video.size, video.seconds, video.prompt], [model, small.size, small.seconds, 'A harbour at dawn']);
const { size, seconds } = film(await content(video.id));
assert.equal(size, small.size);
assert.ok(Math.abs(seconds - Number(small.seconds)) < 0.1, `${seconds} s`);
assert.equal((await content(video.id, 'thumbnail', 'image/webp')).toString('latin1', 8, 12), 'WEBP');
assert.equal((await content(video.id, 'spritesheet', 'image/jpeg')).toString('hex', 0, 3), 'ffd8ff');
assert.ok((await videos.list()).data.some(one => one.id === video.id));

creates++;
const pictured = await made(videos.create({ ...small, prompt: 'It begins here', input_reference: await toFile(png(small.size), 'first.png', { type: 'image/png' }) }));
await completed(pictured.id);

if (can('remix')) {
  creates++;
  const remix = await completed((await made(videos.remix(video.id, { prompt: 'By night' }))).id);
  assert.deepEqual([remix.remixed_from_video_id, remix.size], [video.id, video.size]);
} else {
  const error = await refused(videos.remix(video.id, { prompt: 'By night' }), OpenAI.BadRequestError, 'unsupported_by_model');
  assert.match(error.message, /Models that can: \S+\/\S+/);
}

// Longer by as much again: there, or joined here from what is made after its last frame.
creates++;
const longer = await completed((await made(videos.extend({ prompt: 'It drifts on', seconds: small.seconds, video: { id: video.id } }))).id);
assert.equal(longer.seconds, String(2 * small.seconds));
assert.ok(Math.abs(film(await content(longer.id)).seconds - 2 * small.seconds) < 0.15);

// What the model there refuses is a job that failed, and says why.
creates++;
const failed = await ended((await made(videos.create({ ...small, prompt: 'A knife [lab:end=moderation]' }))).id);
assert.deepEqual([failed.status, failed.error.code], ['failed', 'content_policy']);
await refused(videos.downloadContent(failed.id), OpenAI.NotFoundError, 'video_not_ready');
assert.equal((await videos.delete(failed.id)).deleted, true);

assert.equal((await videos.delete(video.id)).deleted, true);
await refused(videos.retrieve(video.id), OpenAI.NotFoundError, 'not_found');
console.log(JSON.stringify({ creates }));
