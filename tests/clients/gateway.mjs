// What the programs against the gateway share. Arguments of each: base URL, model, then words for what that model cannot do (`-seed`) or what to use (`name=value`).
import assert from 'node:assert/strict';
import { deflateSync, crc32 } from 'node:zlib';
import { setTimeout as pause } from 'node:timers/promises';
import OpenAI from 'openai';

const [first, second, ...words] = process.argv.slice(2);
export const baseURL = first;
export const model = second;
export const apiKey = process.env.OPENAI_API_KEY;
export const can = ability => !words.includes(`-${ability}`);
export const given = (name, otherwise) => words.find(word => word.startsWith(`${name}=`))?.slice(name.length + 1) ?? otherwise;

// Re-sends would hide what a server does; the program about re-sends makes clients of its own.
export const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });

/** A request without the SDK. */
export const raw = (path, { headers, ...rest } = {}) => fetch(baseURL + path, { ...rest, headers: { authorization: `Bearer ${apiKey}`, ...headers } });
export const rawJson = (path, body, headers) => raw(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

/** Bigger than nothing, small enough to be made at once. */
export const small = { model, size: given('size', '320x180'), seconds: given('seconds', '1') };

const words4 = ['queued', 'in_progress', 'completed', 'failed'];
const keys = ['completed_at', 'created_at', 'error', 'expires_at', 'id', 'kinora', 'model', 'object', 'progress', 'prompt', 'remixed_from_video_id', 'seconds', 'size', 'status'];
const ours = ['charged_usd', 'estimated_usd', 'model', 'provider', 'reason', 'stage', 'warnings'];
const isTime = value => Number.isInteger(value) && Math.abs(value - Date.now() / 1000) < 3600;
const isMoney = value => value === null || (typeof value === 'number' && value >= 0);

/** A video object to the letter. */
export function checkVideo(video) {
  const said = JSON.stringify(video);
  assert.deepEqual(Object.keys(video).sort(), keys, said);
  assert.match(video.id, /^video_[0-9a-f]{32}$/);
  assert.equal(video.object, 'video');
  assert.ok(words4.includes(video.status), said);
  assert.ok(Number.isInteger(video.progress) && video.progress >= 0 && video.progress <= 100, said);
  assert.ok(isTime(video.created_at), said);
  assert.ok(video.completed_at === null || (isTime(video.completed_at) && video.completed_at >= video.created_at), said);
  assert.ok(video.expires_at === null || Number.isInteger(video.expires_at), said);
  assert.ok(video.remixed_from_video_id === null || /^video_[0-9a-f]{32}$/.test(video.remixed_from_video_id), said);
  for (const text of ['model', 'seconds', 'size', 'prompt']) assert.equal(typeof video[text], 'string', `${text} of ${said}`);
  assert.match(video.seconds, /^\d+(\.\d{1,3})?$/);
  assert.match(video.size, /^\d+x\d+$/);
  assert.equal(video.status === 'completed', video.completed_at !== null, said);
  assert.ok(video.status !== 'completed' || video.progress === 100, said);
  assert.equal(video.status === 'failed', video.error !== null, said);
  if (video.error) {
    assert.deepEqual(Object.keys(video.error).sort(), ['code', 'message'], said);
    assert.ok(video.error.code.length > 0 && video.error.message.length > 0, said);
  }
  for (const key of ours) assert.ok(key in video.kinora, `kinora.${key} of ${said}`);
  for (const text of ['provider', 'model', 'stage', 'reason']) assert.equal(typeof video.kinora[text], 'string', `kinora.${text} of ${said}`);
  assert.ok(Array.isArray(video.kinora.warnings) && video.kinora.warnings.every(warning => typeof warning === 'string'), said);
  assert.ok(isMoney(video.kinora.estimated_usd) && isMoney(video.kinora.charged_usd), said);
  return video;
}

/** What a create, remix, edit or extension answers, checked together with its headers. */
export async function made(promise) {
  const { data, response } = await promise.withResponse();
  assert.equal(response.status, 200);
  assert.ok(response.headers.get('x-request-id'));
  checkVideo(data);
  if (open(data)) assert.match(response.headers.get('openai-poll-after-ms') ?? 'no openai-poll-after-ms', /^\d+$/);
  return data;
}

const open = video => video.status === 'queued' || video.status === 'in_progress';

/** Looks until the end. Everything seen on the way is a video object, and nothing goes backwards. */
export async function ended(id, by = client) {
  for (let before = null; ;) {
    const { data, response } = await by.videos.retrieve(id).withResponse();
    checkVideo(data);
    assert.equal(data.id, id);
    assert.ok(response.headers.get('x-request-id'));
    if (before) {
      assert.ok(words4.indexOf(data.status) >= words4.indexOf(before.status), `${before.status}, then ${data.status}`);
      assert.ok(data.progress >= before.progress || data.status === 'failed', `${before.progress}, then ${data.progress}`);
      for (const same of ['created_at', 'model', 'prompt', 'size', 'remixed_from_video_id']) assert.equal(data[same], before[same]);
    }
    const wait = response.headers.get('openai-poll-after-ms');
    if (!open(data)) {
      assert.equal(wait, null);
      return data;
    }
    assert.match(wait ?? 'no openai-poll-after-ms', /^\d+$/);
    before = data;
    await pause(Math.min(Number(wait), 100));
  }
}

export async function completed(id, by = client) {
  const video = await ended(id, by);
  assert.equal(video.status, 'completed', JSON.stringify(video));
  return video;
}

/** The bytes of a variant, of the right type. */
export async function content(id, variant, type = 'video/mp4') {
  const response = await client.videos.downloadContent(id, variant && { variant });
  assert.equal(response.headers.get('content-type'), type);
  const chunks = [];
  for await (const chunk of response.body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  assert.equal(String(bytes.length), response.headers.get('content-length'));
  return bytes;
}

/** The error of a call that must fail, in OpenAI's envelope. */
export async function refused(call, kind, code, param) {
  const error = await Promise.resolve(call).then(answer => assert.fail(`accepted: ${JSON.stringify(answer)}`), fault => fault);
  assert.ok(error instanceof OpenAI.APIError, String(error.stack));
  const said = JSON.stringify([error.constructor.name, error.status, error.error]);
  assert.ok(error instanceof kind, `${kind.name} was expected: ${said}`);
  if (code !== undefined) assert.equal(error.code, code, said);
  // Of a part of an object the path.
  if (param !== undefined) assert.equal(error.param?.split(/[.[]/)[0], param, said);
  checkEnvelope(error.error);
  assert.ok(error.requestID, said);
  assert.equal(error.headers.get('x-request-id'), error.requestID);
  return error;
}

export function checkEnvelope(error) {
  assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type'], JSON.stringify(error));
  assert.ok(error.message.length > 0 && error.type.length > 0, JSON.stringify(error));
}

/** Size in pixels and length in seconds of an MP4, from its own headers. */
export function film(bytes) {
  const inside = (from, to, path) => {
    for (let at = from; at + 8 <= to;) {
      const [length, type] = [bytes.readUInt32BE(at), bytes.toString('latin1', at + 4, at + 8)];
      assert.ok(length >= 8 && at + length <= to, `box ${type}`);
      if (type === path[0]) {
        const found = path.length === 1 ? at + 8 : inside(at + 8, at + length, path.slice(1));
        if (found) return found;
      }
      at += length;
    }
    return 0;
  };
  assert.equal(bytes.toString('latin1', 4, 8), 'ftyp');
  const [movie, track] = [inside(0, bytes.length, ['moov', 'mvhd']), inside(0, bytes.length, ['moov', 'trak', 'tkhd'])];
  assert.equal(bytes[movie] + bytes[track], 0, 'boxes of version 0');
  return {
    size: `${bytes.readUInt32BE(track + 76) >>> 16}x${bytes.readUInt32BE(track + 80) >>> 16}`,
    seconds: bytes.readUInt32BE(movie + 16) / bytes.readUInt32BE(movie + 12),
  };
}

/** Width and height of a picture that came as base64. */
export function pngSize(base64) {
  const bytes = Buffer.from(base64, 'base64');
  assert.equal(bytes.subarray(0, 8).toString('hex'), '89504e470d0a1a0a');
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}

/** A PNG of soft colours; as a mask it lets through what is not wholly opaque. */
export function png(size, seed = 0, mask = false) {
  const [width, height] = size.split('x').map(Number);
  const rows = Buffer.alloc(height * (1 + width * (mask ? 4 : 3)));
  for (let y = 0, at = 0; y < height; y++) {
    at++;
    for (let x = 0; x < width; x++) for (const value of [x * 255 / width, y * 255 / height, seed * 16, ...(mask ? [x * 2 < width ? 0 : 255] : [])]) rows[at++] = value;
  }
  const chunk = (type, body) => {
    const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    sum.writeUInt32BE(crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, mask ? 6 : 2], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]);
}

export const dataUrl = bytes => `data:image/png;base64,${bytes.toString('base64')}`;
