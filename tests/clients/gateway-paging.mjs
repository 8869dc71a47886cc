// The list as the official client walks through it, over 130 jobs that end at once. See gateway.mjs for the arguments; the model is the lab's.
import assert from 'node:assert/strict';
import { checkVideo, client, ended, model, raw } from './gateway.mjs';

const { videos } = client;
const count = 130;
const made = [];
for (let at = 0; at < count; at += 10) {
  const some = await Promise.all(Array.from({ length: 10 }, (_, i) => videos.create({ model, prompt: `Shot ${at + i} [lab:create=400]`, size: '320x180', seconds: '1' })));
  made.push(...some.map(video => video.id));
}
await Promise.all(made.map(async id => assert.equal((await ended(id)).status, 'failed')));

const walk = async query => {
  const seen = [];
  for await (const video of videos.list(query)) seen.push(checkVideo(video));
  return seen;
};
const ids = list => list.map(video => video.id);
const sorted = list => [...list].sort();

// Each once, whatever the size of a page; newest first unless asked otherwise.
const descending = await walk({});
assert.deepEqual(sorted(ids(descending)), sorted(made));
descending.reduce((newer, video) => (assert.ok(video.created_at <= newer.created_at), video));
const ascending = await walk({ order: 'asc', limit: 100 });
assert.deepEqual(ids(ascending), ids(descending).reverse());
assert.deepEqual(ids(await walk({ order: 'desc', limit: 7 })), ids(descending));
assert.deepEqual(ids(await walk({ limit: 1, after: ids(descending).at(-4) })), ids(descending).slice(-3));

// One page, with what is needed for the next.
const page = await (await raw('/videos')).json();
assert.deepEqual(Object.keys(page).sort(), ['data', 'first_id', 'has_more', 'last_id', 'object']);
assert.deepEqual([page.object, page.data.length, page.first_id, page.last_id, page.has_more], ['list', 20, descending[0].id, descending[19].id, true]);
const all = await videos.list({ limit: 100 });
assert.deepEqual([all.data.length, all.has_more, all.last_id], [100, true, descending[99].id]);
const rest = await all.getNextPage();
assert.deepEqual([rest.data.length, rest.has_more, rest.hasNextPage()], [30, false, false]);
const end = await (await raw(`/videos?after=${descending.at(-1).id}`)).json();
assert.deepEqual(end, { object: 'list', data: [], first_id: null, last_id: null, has_more: false });

// The end of a page goes away before the next one is asked for: nothing is missed, nothing comes twice.
const seen = [];
let gone = 0;
for (let current = await videos.list({ limit: 25 }); ;) {
  seen.push(...ids(current.data));
  if (!current.hasNextPage()) break;
  await videos.delete(current.data.at(-1).id);
  gone++;
  current = await current.getNextPage();
}
assert.equal(gone, 5);
assert.deepEqual(seen, ids(descending));
assert.equal((await walk({ limit: 100 })).length, count - gone);

// New ones come in front, where a walk that has begun does not look.
const left = await walk({ limit: 100 });
const begun = await videos.list({ limit: 100 });
await videos.create({ model, prompt: 'Late [lab:create=400]', size: '320x180', seconds: '1' });
assert.deepEqual(ids((await begun.getNextPage()).data), ids(left).slice(100));
console.log(JSON.stringify({ made: made.length + 1 }));
