// A socket at one node hears of a job that was made at another: node cluster.mjs HEARING MAKING TOKEN
import { io } from 'socket.io-client';
import assert from 'node:assert/strict';
import { once } from 'node:events';

const [hearing, making, token] = process.argv.slice(2);

const socket = io(hearing, { auth: { token }, transports: ['websocket'] });
const heard = [];
socket.on('video_update', (said) => heard.push(said));
socket.on('connect_error', (fault) => {
  throw fault;
});
await once(socket, 'connect');

async function create(prompt) {
  const response = await fetch(`${making}/api/videos`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ prompt, model: 'lab/lab-video', size: '1280x720', seconds: '4' }),
  });
  assert.equal(response.status, 200);
  return (await response.json()).id;
}

const ids = await Promise.all([1, 2, 3].map((n) => create(`A harbour at dawn, ${n} [lab:running=3]`)));
const statuses = (id) => heard.filter((said) => said.video_id === id).map((said) => said.updates.status).filter(Boolean);
while (!ids.every((id) => statuses(id).includes('completed'))) {
  await once(socket, 'video_update');
}
// A node tells how a job stands when it hears of it: what went by meanwhile may be left out, nothing comes twice or out of order.
const order = ['queued', 'in_progress', 'completed'];
for (const id of ids) {
  assert.deepEqual(statuses(id), order.filter((status) => statuses(id).includes(status)), id);
}
socket.close();
console.log('ok');
