// The platform by npm's Socket.IO client and fetch, through a kill -9 of the server in the middle of a job.
// node platform.mjs SERVER CONTROL ANN BOB PASSWORD: CONTROL kills the server and starts it again on the same port at POST /killed.
import { io } from 'socket.io-client';
import assert from 'node:assert/strict';
import { once } from 'node:events';

const [server, control, ann, bob, password] = process.argv.slice(2);

async function call(method, path, token, body, more) {
  const response = await fetch(server + path, {
    method,
    headers: { ...(token && { authorization: `Bearer ${token}` }), ...(body && { 'content-type': 'application/json' }), ...more },
    body: body && JSON.stringify(body),
  });
  const said = await response.json();
  assert.equal(response.status, 200, JSON.stringify(said));
  return said;
}

const signIn = async (username) => (await call('POST', '/api/auth/login', null, { username, password })).token;

function connect(token) {
  const socket = io(server, { auth: { token } });
  socket.heard = [];
  socket.on('video_update', (said) => socket.heard.push(said));
  return socket;
}

/** Waits until what was heard satisfies. */
function until(socket, condition) {
  return new Promise((resolve) => {
    const look = () => condition(socket.heard) && (socket.off('video_update', look), resolve());
    socket.on('video_update', look);
    look();
  });
}

const progress = (heard) => heard.map((said) => said.updates.progress).filter((percent) => percent !== undefined);
const statuses = (heard) => heard.map((said) => said.updates.status).filter(Boolean);
const rises = (numbers) => numbers.every((number, i) => i === 0 || number >= numbers[i - 1]);

const token = await signIn(ann);
const stranger = await signIn(bob);
const [mine, theirs] = [connect(token), connect(stranger)];
await Promise.all([once(mine, 'connect'), once(theirs, 'connect')]);

const wanted = { prompt: 'A harbour at dawn, the camera pans left', model: 'sora-2', size: '1280x720', seconds: '40' };
const key = { 'idempotency-key': 'harbour 1' };
const created = await call('POST', '/api/videos', token, wanted, key);
assert.equal(created.status, 'queued');
await until(mine, (heard) => progress(heard).filter((percent) => percent > 0).length >= 3);
assert.deepEqual(statuses(mine.heard), ['queued', 'in_progress']);
assert.ok(rises(progress(mine.heard)), `progress ${progress(mine.heard)}`);
assert.ok(mine.heard.every((said) => said.video_id === created.id));

const before = mine.heard.splice(0);
const gone = once(mine, 'disconnect');
const back = new Promise((resolve) => mine.once('connect', resolve));
assert.equal((await fetch(`${control}/killed`, { method: 'POST' })).status, 200);
assert.ok(['transport close', 'transport error'].includes((await gone)[0]));
await back;

// Sent again, as by a client that never got the answer: the same job, which goes on.
const again = await call('POST', '/api/videos', token, wanted, key);
assert.deepEqual([again.id, again.kinora.deduplicated], [created.id, true]);
await until(mine, (heard) => statuses(heard).includes('completed'));
const last = mine.heard.findLast((said) => said.updates.status === 'completed').updates;
assert.equal(last.progress ?? progress(mine.heard).at(-1), 100);
assert.equal(last.file_path, `/api/videos/${created.id}/content`);
assert.ok(mine.heard.every((said) => said.video_id === created.id));
assert.ok(!statuses(mine.heard).includes('failed'));
const all = progress([...before, ...mine.heard]);
assert.ok(rises(all), `progress ${all}`);

// Asked, it answers with the change and with the whole row.
const row = await call('GET', `/api/videos/${created.id}`, token);
const [said] = await Promise.all([once(mine, 'video_update'), mine.emit('request_video_status', { video_id: created.id })]);
assert.deepEqual(said[0].video, row);
assert.equal(said[0].updates.status, 'completed');

// Somebody else heard nothing and learns nothing.
const answer = await theirs.emitWithAck('request_video_status', { video_id: created.id });
assert.deepEqual(answer, { error: 'Video not found', code: 'not_found' });
assert.deepEqual(theirs.heard, []);

console.log(JSON.stringify({ id: created.id, before: progress(before), after: progress(mine.heard), sha256: row.kinora.files.find((file) => file.variant === 'video').sha256 }));
process.exit(0);
