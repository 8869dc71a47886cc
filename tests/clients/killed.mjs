// The server over stdio is killed in the middle of a wait; a new one goes on with the same video. Arguments: era, prompt, then the target.
import assert from 'node:assert/strict';
import { connect } from './connect.mjs';

const [era, prompt, ...target] = process.argv.slice(2);
const first = await connect(era, target);
const created = await first.call('create_video', { prompt, model: 'lab/lab-video', size: '1280x720', seconds: '4' });
assert.notEqual(created.isError, true, JSON.stringify(created));
const id = created.structuredContent.id;

const progress = [];
const kill = seen => {
  progress.push(seen.progress);
  if (progress.length === 2) {
    process.kill(first.transport.pid, 'SIGKILL');
  }
};
await assert.rejects(first.call('wait_for_video', { video_id: id }, { onprogress: kill }));
assert.ok(progress[1] > progress[0], `progress ${progress}`);

const second = await connect(era, target);
const seen = await second.call('get_video_status', { video_id: id });
const waited = await second.call('wait_for_video', { video_id: id });
await second.client.close();
console.log(JSON.stringify({ id, progress, seen: seen.structuredContent, waited: waited.structuredContent }));
