// npm's own Socket.IO client against the server: node sockets.mjs SERVER CONTROL SCENARIO TRANSPORTS
// TRANSPORTS: default (polling, then an upgrade), websocket, or polling. Ends with 0 and "ok" when the scenario held.
import { io } from 'socket.io-client';
import assert from 'node:assert/strict';
import { once } from 'node:events';

const [server, control, scenario, transports] = process.argv.slice(2);

function connect(user, options = {}) {
  const socket = io(server + (options.namespace ?? ''), {
    ...(transports === 'default' ? {} : { transports: [transports] }),
    auth: user === null ? undefined : { token: `token-${user}` },
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 100,
    ...options,
  });
  socket.heard = [];
  socket.onAny((name, said) => socket.heard.push({ name, ...said }));
  return socket;
}

async function tell(path, query = {}) {
  const response = await fetch(`${control}/${path}?${new URLSearchParams(query)}`, { method: 'POST' });
  assert.equal(response.status, 200, path);
  return response.text();
}

/** Waits until something has been heard. */
function until(socket, condition) {
  return new Promise((resolve) => {
    const look = () => condition(socket.heard) && (socket.offAny(look), resolve(socket.heard));
    socket.onAny(look);
    look();
  });
}

const of = (id) => (said) => said.video_id === id;
const last = (heard, id) => heard.filter(of(id)).at(-1)?.updates;

const scenarios = {
  async connects() {
    const socket = connect('ann');
    await once(socket, 'connect');
    assert.equal(typeof socket.id, 'string');
    if (transports === 'default') {
      if (socket.io.engine.transport.name !== 'websocket') {
        await once(socket.io.engine, 'upgrade');
      }
      assert.equal(socket.io.engine.transport.name, 'websocket');
    } else {
      assert.equal(socket.io.engine.transport.name, transports);
    }
    socket.disconnect();
  },

  async refused() {
    for (const auth of [undefined, {}, { token: 'nonsense' }, { token: 1 }]) {
      const socket = connect(null, { auth, query: { token: 'token-ann' } });
      const [error] = await once(socket, 'connect_error');
      assert.equal(error.message, 'Authentication error');
      socket.disconnect();
    }
  },

  async namespace() {
    const socket = connect('ann', { namespace: '/admin' });
    const [error] = await once(socket, 'connect_error');
    assert.equal(error.message, 'Invalid namespace');
    socket.disconnect();
  },

  // Created, moved and deleted: each is told once, with what changed and nothing else.
  async updates() {
    const socket = connect('ann');
    await once(socket, 'connect');
    const id = await tell('create', { owner: 'ann' });
    await until(socket, (heard) => heard.length === 1);
    await tell('move', { id, to: 'running', progress: 0.42 });
    await until(socket, (heard) => last(heard, id)?.progress === 42);
    await tell('move', { id, to: 'running', progress: 0.4201 });
    await tell('move', { id, to: 'completed', progress: 1 });
    await until(socket, (heard) => last(heard, id)?.status === 'completed');
    await tell('delete', { id, owner: 'ann' });
    const heard = await until(socket, (all) => last(all, id)?.status === 'deleted');
    assert.equal(heard[0].name, 'video_update');
    assert.deepEqual(heard[0].updates, {
      status: 'queued', progress: 0, error_message: null, completed_at: null, file_path: null, thumbnail_path: null, provider_metadata: null,
    });
    assert.equal(heard[0].video.prompt, 'a fox in the snow');
    assert.deepEqual(heard[1], { name: 'video_update', video_id: id, updates: { status: 'in_progress', progress: 42 } });
    const { completed_at, ...done } = heard[2].updates;
    assert.deepEqual(done, { status: 'completed', progress: 100, file_path: `/api/videos/${id}/content`, thumbnail_path: `/api/videos/${id}/content?variant=thumbnail` });
    assert.ok(Number.isInteger(completed_at) && completed_at > 1.7e9 && completed_at < 1e11);
    assert.deepEqual(heard[3], { name: 'video_update', video_id: id, updates: { status: 'deleted' }, deleted: true });
    assert.equal(heard.length, 4);
    socket.disconnect();
  },

  async images() {
    const socket = connect('ann');
    await once(socket, 'connect');
    const id = await tell('create', { owner: 'ann', kind: 'image' });
    await until(socket, (heard) => heard.length === 1);
    await tell('move', { id, to: 'failed' });
    const heard = await until(socket, (all) => all.length === 2);
    assert.deepEqual(heard, [
      { name: 'image_update', image_id: id, updates: { status: 'queued', progress: 0, error_message: null, completed_at: null } },
      { name: 'image_update', image_id: id, updates: { status: 'failed', error_message: 'The provider gave up.' } },
    ]);
    socket.disconnect();
  },

  async requests() {
    const id = await tell('create', { owner: 'ann' });
    const foreign = await tell('create', { owner: 'bob' });
    await tell('move', { id, to: 'completed', progress: 1 });
    const socket = connect('ann');
    await once(socket, 'connect');
    socket.emit('request_video_status', { video_id: id });
    const [heard] = await until(socket, (all) => all.length === 1);
    assert.equal(heard.name, 'video_update');
    assert.equal(heard.updates.status, 'completed');
    assert.equal(heard.video.id, id);
    const { name, ...said } = heard;
    assert.deepEqual(await socket.emitWithAck('request_video_status', { video_id: id }), said);
    assert.equal(socket.heard.length, 2);
    for (const unknown of [foreign, '00000000-0000-0000-0000-000000000000', 'no id at all', '../..', '']) {
      assert.deepEqual(await socket.emitWithAck('request_video_status', { video_id: unknown }), { error: 'Video not found', code: 'not_found' });
      socket.emit('request_video_status', { video_id: unknown });
    }
    for (const odd of [undefined, null, 7, [], {}, { video_id: 7 }]) {
      assert.equal((await socket.emitWithAck('request_video_status', odd)).code, 'invalid_request');
    }
    assert.equal(socket.heard.length, 2);
    socket.disconnect();
  },

  // Events that nobody here knows, with attachments and acks, break nothing.
  async binary() {
    const id = await tell('create', { owner: 'ann' });
    const socket = connect('ann');
    await once(socket, 'connect');
    socket.emit('upload', Buffer.from([1, 2, 3]), { more: Buffer.alloc(10_000) });
    socket.emit('upload', Buffer.from([4]), () => assert.fail('nobody answers'));
    assert.equal((await socket.emitWithAck('request_video_status', { video_id: id, extra: Buffer.from([5]) })).video.id, id);
    assert.ok(socket.connected);
    socket.disconnect();
  },

  // A hundred changes arrive in order; several quick ones may be told as one, but the last is never missing.
  async order() {
    const socket = connect('ann');
    await once(socket, 'connect');
    const id = await tell('create', { owner: 'ann' });
    for (let percent = 1; percent < 99; percent++) {
      await tell('move', { id, to: 'running', progress: percent / 100 + 0.001 });
    }
    await tell('move', { id, to: 'completed', progress: 1 });
    const heard = await until(socket, (all) => last(all, id)?.status === 'completed');
    const told = heard.map((said) => said.updates.progress).filter((progress) => progress !== undefined);
    assert.deepEqual(told, [...new Set(told)].sort((a, b) => a - b));
    socket.disconnect();
  },

  // A hundred jobs: each is told, none twice.
  async many() {
    const socket = connect('ann');
    await once(socket, 'connect');
    const ids = await Promise.all(Array.from({ length: 100 }, () => tell('create', { owner: 'ann' })));
    await until(socket, (heard) => heard.length >= 100);
    await Promise.all(ids.map((id) => tell('move', { id, to: 'failed' })));
    const heard = await until(socket, (all) => ids.every((id) => last(all, id)?.status === 'failed'));
    for (const id of ids) {
      assert.deepEqual(heard.filter(of(id)).map((said) => said.updates.status).filter(Boolean).slice(-1), ['failed']);
      assert.ok(heard.filter(of(id)).length <= 3, 'queued, in_progress, failed');
    }
    const acks = await Promise.all(ids.map((video_id) => socket.emitWithAck('request_video_status', { video_id })));
    assert.deepEqual(acks.map((ack) => ack.video_id), ids);
    socket.disconnect();
  },

  // What a client knows after any number of interruptions is what is true.
  async reconnects() {
    const socket = connect('ann');
    await once(socket, 'connect');
    const id = await tell('create', { owner: 'ann' });
    await until(socket, (heard) => heard.length === 1);
    const gone = once(socket, 'disconnect');
    await tell('stop');
    assert.ok(['transport close', 'transport error'].includes((await gone)[0]));
    await tell('move', { id, to: 'running', progress: 0.5 });
    socket.heard.length = 0;
    const back = once(socket, 'connect');
    await tell('start');
    await back;
    const [present] = await until(socket, (heard) => heard.length === 1);
    assert.equal(present.updates.status, 'in_progress');
    assert.equal(present.updates.progress, 50);
    assert.equal(present.video.id, id);
    await tell('move', { id, to: 'completed', progress: 1 });
    await until(socket, (heard) => last(heard, id)?.status === 'completed');
    socket.disconnect();
  },

  async tooLarge() {
    const socket = connect('ann', { reconnection: false });
    await once(socket, 'connect');
    socket.emit('request_video_status', { video_id: 'x'.repeat(1_100_000) });
    await once(socket, 'disconnect');
    const again = connect('ann');
    await once(again, 'connect');
    again.disconnect();
  },

  // Neither the events nor the existence of somebody else's jobs.
  async foreigners() {
    const ids = [];
    const [ann, bob] = [connect('ann'), connect('bob')];
    const nobody = connect(null, { reconnection: false });
    await Promise.all([once(ann, 'connect'), once(bob, 'connect'), once(nobody, 'connect_error')]);
    for (let i = 0; i < 100; i++) {
      ids.push(await tell('create', { owner: 'ann' }));
      bob.emit('request_video_status', { video_id: ids[i] });
      bob.emit('join', 'user_ann');
      bob.emit('subscribe', { video_id: ids[i] });
    }
    const acks = await Promise.all(ids.map((video_id) => bob.emitWithAck('request_video_status', { video_id })));
    assert.ok(acks.every((ack) => ack.error === 'Video not found'));
    await until(ann, (heard) => new Set(heard.map((said) => said.video_id)).size === 100);
    bob.disconnect();
    const again = once(bob, 'connect');
    bob.connect();
    await again;
    assert.equal((await bob.emitWithAck('request_video_status', { video_id: ids[0] })).code, 'not_found');
    const own = await tell('create', { owner: 'bob' });
    await until(bob, (heard) => heard.length > 0);
    assert.deepEqual(bob.heard.map((said) => said.video_id), [own]);
    assert.equal(nobody.heard.length, 0);
    [ann, bob, nobody].forEach((socket) => socket.disconnect());
  },

  // A credential that ends takes its open sockets with it.
  async ended() {
    const socket = connect('carl');
    await once(socket, 'connect');
    const gone = once(socket, 'disconnect');
    await tell('end', { user: 'carl' });
    assert.deepEqual((await gone)[0], 'io server disconnect');
    const again = once(socket, 'connect_error');
    socket.connect();
    assert.equal((await again)[0].message, 'Authentication error');
    socket.disconnect();
  },
};

await scenarios[scenario]();
console.log('ok');
process.exit(0);
