// The official client sends again by itself, without a key, when an answer is lost or is a server's fault. However often it does: one job. See gateway.mjs for the
// arguments. Prints how many jobs there must be in all.
import assert from 'node:assert/strict';
import { Agent, createServer, request } from 'node:http';
import OpenAI, { toFile } from 'openai';
import { apiKey, baseURL, can, checkVideo, client, completed, content, made, model, png, rawJson, refused, small } from './gateway.mjs';

// A line between the client and the server, which hands every request on, and then does to the first answers what it is told.
const target = new URL(baseURL);
const agent = new Agent({ keepAlive: true });
let plan = [];
let attempts = [];
const line = createServer((incoming, outgoing) => {
  attempts.push(Number(incoming.headers['x-stainless-retry-count']));
  const fate = plan.shift();
  const onward = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers: { ...incoming.headers, host: target.host }, agent }, answer => {
    const chunks = [];
    answer.on('data', chunk => chunks.push(chunk));
    answer.on('end', () => {
      if (fate === 'cut') return outgoing.destroy();
      if (fate === 'half') {
        outgoing.writeHead(answer.statusCode, answer.headers);
        return outgoing.write(chunks[0].subarray(0, 20), () => outgoing.destroy());
      }
      if (fate) return outgoing.writeHead(Number(fate), { 'content-type': 'application/json', 'retry-after-ms': '10' }).end('{"error":{"message":"the proxy\'s","type":"server_error","param":null,"code":null}}');
      return outgoing.writeHead(answer.statusCode, answer.headers).end(Buffer.concat(chunks));
    });
  });
  onward.on('error', () => outgoing.destroy());
  if (fate === 'early') onward.on('finish', () => setImmediate(() => { onward.destroy(); outgoing.destroy(); }));
  incoming.pipe(onward);
});
await new Promise(resolve => line.listen(0, '127.0.0.1', resolve));
const far = new OpenAI({ baseURL: `http://127.0.0.1:${line.address().port}${target.pathname}`, apiKey });
assert.equal(far.maxRetries, 2);

let expected = 0;
const prompts = new Set();
const all = async () => { const list = []; for await (const video of client.videos.list({ limit: 100 })) list.push(video); return list; };
const newest = async prompt => (await all()).filter(video => video.prompt === prompt);

/** One call whose first answers meet these fates; it must be one job, and the answer that arrives must tell of it. */
async function through(fates, prompt, call) {
  assert.ok(!prompts.has(prompt));
  prompts.add(prompt);
  [plan, attempts] = [[...fates], []];
  const video = checkVideo(await call(far.videos, prompt));
  assert.deepEqual(attempts, Array.from({ length: fates.length + 1 }, (_, i) => i));
  const jobs = await newest(prompt);
  assert.deepEqual(jobs.map(job => job.id), [video.id], `${fates} ${prompt}`);
  expected++;
  return video;
}

const create = more => (videos, prompt) => videos.create({ ...small, prompt, ...more });
const picture = png(small.size);
const source = await through(['cut'], 'The answer is lost', create());
await through(['cut', 'cut'], 'The answer is lost twice', create());
await through(['500'], 'The answer is another', create());
await through(['502', '503'], 'A gateway between them is ill', create());
await through(['429'], 'Too many, says the line', create());
await through(['cut', '409'], 'First this, then that', create());
await through(['cut'], 'With a picture', create({ input_reference: await toFile(picture, 'first.png', { type: 'image/png' }) }));
await through(['cut'], 'With a picture in the text', create({ input_reference: { image_url: `data:image/png;base64,${picture.toString('base64')}` } }));
await completed(source.id);
const bytes = await content(source.id);
if (can('remix')) await through(['cut'], 'Remixed', (videos, prompt) => videos.remix(source.id, { prompt }));
if (can('edit')) await through(['500'], 'Edited', (videos, prompt) => videos.edit({ prompt, video: { id: source.id } }));
if (can('edit-upload')) await through(['cut'], 'Edited as a file', async (videos, prompt) => videos.edit({ model, prompt, video: await toFile(bytes, 'film.mp4', { type: 'video/mp4' }) }));
if (can('extend')) await through(['cut'], 'Extended', (videos, prompt) => videos.extend({ prompt, seconds: '4', video: { id: source.id } }));

// What the client gives up on is there all the same, and not made again by whoever asks a last time by hand.
[plan, attempts] = [['cut', 'cut', 'cut'], []];
const lost = await far.videos.create({ ...small, prompt: 'Lost for good' }).catch(error => error);
assert.ok(lost instanceof OpenAI.APIConnectionError, String(lost));
assert.deepEqual(attempts, [0, 1, 2]);
assert.equal((await newest('Lost for good')).length, 1);
expected++;

// An answer that breaks off in its middle, and a line that dies while the server is still at it.
for (const [fate, prompt] of [['half', 'Half an answer'], ['early', 'Gone before the answer']]) {
  [plan, attempts] = [[fate], []];
  const got = await far.videos.create({ ...small, prompt }).catch(error => error);
  const jobs = await newest(prompt);
  assert.equal(jobs.length, 1, fate);
  if (attempts.length > 1) assert.equal(got.id, jobs[0].id);
  expected++;
}
line.closeAllConnections();
line.close();
agent.destroy();

// The rule itself: a later attempt is the earlier job while the body is the same, in either form; also when that job has ended.
const attempt = (n, body) => rawJson('/videos', { ...small, ...body }, { 'x-stainless-retry-count': String(n) }).then(response => response.json()).then(checkVideo);
const twice = await attempt(0, { prompt: 'Twice' });
assert.equal((await attempt(1, { prompt: 'Twice' })).id, twice.id);
await completed(twice.id);
const late = await attempt(2, { prompt: 'Twice' });
assert.deepEqual([late.id, late.status], [twice.id, 'completed']);
assert.notEqual((await attempt(1, { prompt: 'Twice', seconds: '2' })).id, twice.id);
assert.notEqual((await attempt(0, { prompt: 'Twice' })).id, twice.id);
assert.equal((await attempt(1, { prompt: 'Never seen before' })).prompt, 'Never seen before');
const other = new OpenAI({ baseURL, apiKey: process.env.OTHER_KEY, maxRetries: 0, defaultHeaders: { 'x-stainless-retry-count': '1' } });
assert.notEqual((await other.videos.create({ ...small, prompt: 'Twice' })).id, twice.id);
expected += 5;

// One key, one job: fifty at once, in both forms, and after its end; another body is refused, and not sent again.
const keyed = { headers: { 'Idempotency-Key': 'fifty' } };
const fifty = await Promise.all(Array.from({ length: 50 }, () => client.videos.create({ ...small, prompt: 'Fifty' }, keyed).withResponse()));
assert.equal(new Set(fifty.map(({ data }) => data.id)).size, 1);
assert.equal(fifty.filter(({ response }) => response.headers.get('idempotent-replayed') === 'true').length, 49);
const inJson = await rawJson('/videos', { ...small, prompt: 'Fifty' }, keyed.headers);
assert.deepEqual([(await inJson.json()).id, inJson.headers.get('idempotent-replayed')], [fifty[0].data.id, 'true']);
await completed(fifty[0].data.id);
assert.equal((await made(client.videos.create({ ...small, prompt: 'Fifty' }, keyed))).id, fifty[0].data.id);
const eager = new OpenAI({ baseURL, apiKey });
await refused(eager.videos.create({ ...small, prompt: 'Fifty-one' }, keyed), OpenAI.UnprocessableEntityError, 'idempotency_key_reused');
assert.equal((await newest('Fifty')).length, 1);
expected++;

// Nothing that was refused is a job, and its key is free.
const free = { headers: { 'Idempotency-Key': 'free' } };
await refused(client.videos.create({ ...small, prompt: '' }, free), OpenAI.BadRequestError);
assert.equal((await made(client.videos.create({ ...small, prompt: 'Free' }, free))).prompt, 'Free');
expected++;

// Without a key and without a re-send, the same twice is two.
const [one, two] = [await made(client.videos.create({ ...small, prompt: 'Two of them' })), await made(client.videos.create({ ...small, prompt: 'Two of them' }))];
assert.notEqual(one.id, two.id);
expected += 2;

const jobs = await all();
await Promise.all(jobs.map(job => completed(job.id)));
const theirs = (await other.videos.list()).data.length;
assert.equal(jobs.length + theirs, expected);
console.log(JSON.stringify({ jobs: expected }));
