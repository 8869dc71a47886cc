// npm's own Socket.IO server as the baseline of bench/run sockets: lets everybody in, one room, tells an update on request. Needs --expose-gc. Times are of the monotonic clock.
import { createRequire } from 'node:module';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';

const { Server } = createRequire(new URL('../tests/clients/package.json', import.meta.url))('socket.io');
const http = createServer();
const io = new Server(http, { pingInterval: 25_000, pingTimeout: 20_000 });
io.use((socket, next) => (socket.handshake.auth.token ? next() : next(new Error('Authentication error'))));
io.on('connection', (socket) => socket.join('user_bench'));
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}`));

function memory() {
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

let percent = 0;
let sent = 0n;
for await (const command of createInterface({ input: process.stdin })) {
  if (command === 'update') {
    sent = process.hrtime.bigint();
    percent = (percent % 98) + 1;
    io.to('user_bench').emit('video_update', { video_id: '550e8400-e29b-41d4-a716-446655440000', updates: { progress: percent } });
  }
  console.log(command === 'live' ? memory() : String(sent));
}
process.exit(0);
