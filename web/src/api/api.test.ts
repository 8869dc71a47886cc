import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test, vi } from 'vitest';
import { addressOf } from './client';
import { ApiError } from './errors';
import { hide, seenOf } from './hidden';
import { belongs, mergeNewest, putVideo, rowQuery, videoListQuery } from './lists';
import { applyUpdate } from './live';
import { keys, videoQuery } from './queries';
import type { Video } from './types';

const video = (id: string, more: Partial<Video> = {}) =>
  ({ id, prompt: `A ${id}`, model: 'm', status: 'in_progress', created_at: 1, progress: 10, kinora: { model: 'x/m', stage: 'running' }, ...more }) as unknown as Video;
const listed = (client: QueryClient, filter = {}) => (client.getQueryData([...keys.videos, filter]) as { pages: { ids: string[] }[] }).pages.flatMap((p) => p.ids);
const withLists = () => {
  const client = new QueryClient();
  for (const filter of [{}, { status: 'completed' }]) client.setQueryData([...keys.videos, filter], { pages: [{ ids: ['a', 'b'], next: 'b' }], pageParams: [null] });
  for (const id of ['a', 'b']) putVideo(client, video(id));
  return client;
};

test('a fault is told in the words of the server, and never by what is missing', async () => {
  const said = await ApiError.of(new Response(JSON.stringify({ error: 'Too long', code: 'x', request_id: 'req_1', suggestion: 'Shorten it', faults: [{ field: 'prompt', code: 'x', message: 'Too long' }] }), { status: 400 }));
  expect([said.message, said.code, said.requestId, said.suggestion, said.faults.length]).toEqual(['Too long', 'x', 'req_1', 'Shorten it', 1]);
  for (const body of ['<html>', '', '{}', 'null', '{"error":null}', '[]']) {
    const unsaid = await ApiError.of(new Response(body, { status: 502, headers: { 'Retry-After': '3' } }));
    expect(unsaid.message).toBe('The server answered with status 502.');
    expect(`${unsaid.message}${unsaid.code}`).not.toMatch(/undefined|null|object/);
    expect(unsaid.retryAfterSeconds).toBe(3);
  }
});

test('addresses are written with their parts and words', () => {
  expect(addressOf('/api/videos/{id}/link', { id: 'a/b' })).toBe('/api/videos/a%2Fb/link');
  expect(addressOf('/api/videos', {}, { q: 'a & b', status: undefined, limit: 5 })).toBe('/api/videos?q=a+%26+b&limit=5');
});

test('an update of progress changes the entry of its video and no list', () => {
  const client = withLists();
  const changed = vi.fn();
  const before = client.getQueryData(keys.videos.concat({} as never));
  const other = client.getQueryData(keys.video('b'));
  client.getQueryCache().subscribe((event) => event.type === 'updated' && changed(event.query.queryKey));
  applyUpdate(client, { video_id: 'a', updates: { progress: 55 } });
  expect(client.getQueryData<Video>(keys.video('a'))?.progress).toBe(55);
  expect(new Set(changed.mock.calls.map(([key]) => key.join()))).toEqual(new Set(['video,a']));
  expect(client.getQueryData(keys.video('b'))).toBe(other);
  expect(client.getQueryData(keys.videos.concat({} as never))).toBe(before);
});

test('a new video comes to the top of the lists it belongs to, once', () => {
  const client = withLists();
  applyUpdate(client, { video_id: 'c', updates: {}, video: video('c') });
  applyUpdate(client, { video_id: 'c', updates: {}, video: video('c') });
  expect(listed(client)).toEqual(['c', 'a', 'b']);
  expect(listed(client, { status: 'completed' })).toEqual(['a', 'b']);
});

test('lists of one status follow the status of their videos', () => {
  const client = new QueryClient();
  const statuses = ['in_progress', 'completed'] as const;
  const [open, done] = statuses.map((status) => ({ status }));
  client.setQueryData([...keys.videos, {}], { pages: [{ ids: ['c', 'b', 'a'], next: null }], pageParams: [null] });
  client.setQueryData([...keys.videos, open], { pages: [{ ids: ['b'], next: null }], pageParams: [null] });
  client.setQueryData([...keys.videos, done], { pages: [{ ids: ['c', 'a'], next: null }], pageParams: [null] });
  client.setQueryData([...keys.videos, { ...done, q: 'whale' }], { pages: [{ ids: [], next: null }], pageParams: [null] });
  for (const [at, id] of ['a', 'b', 'c'].entries()) putVideo(client, video(id, { created_at: at, status: id === 'b' ? 'in_progress' : 'completed' }));
  const all = () => [{}, open, done, { ...done, q: 'whale' }].map((filter) => listed(client, filter));

  applyUpdate(client, { video_id: 'b', updates: { progress: 90 } });
  expect(all()).toEqual([['c', 'b', 'a'], ['b'], ['c', 'a'], []]);
  applyUpdate(client, { video_id: 'b', updates: { status: 'completed' } });
  expect(all()).toEqual([['c', 'b', 'a'], [], ['c', 'b', 'a'], []]);
  applyUpdate(client, { video_id: 'b', updates: {}, video: video('b', { created_at: 1 }) });
  expect(all()).toEqual([['c', 'b', 'a'], ['b'], ['c', 'a'], []]);
  putVideo(client, video('b', { created_at: 1, status: 'completed' }));
  applyUpdate(client, { video_id: 'b', updates: { status: 'completed' } });
  expect(all()).toEqual([['c', 'b', 'a'], [], ['c', 'b', 'a'], []]);
});

test('what is older than all that is loaded waits for its own page', () => {
  const client = withLists();
  client.setQueryData([...keys.videos, { status: 'in_progress' }], { pages: [{ ids: ['b'], next: 'b' }], pageParams: [null] });
  client.setQueryData([...keys.videos, { model: 'm' }], { pages: [{ ids: ['b'], next: null }], pageParams: [null] });
  applyUpdate(client, { video_id: 'z', updates: {}, video: video('z', { created_at: 0 }) });
  expect(listed(client, { status: 'in_progress' })).toEqual(['b']);
  expect(listed(client, { model: 'm' })).toEqual(['b', 'z']);
});

test('a deleted video leaves every list', () => {
  const client = withLists();
  applyUpdate(client, { video_id: 'a', updates: { status: 'deleted' }, deleted: true });
  expect(listed(client)).toEqual(['b']);
  expect(client.getQueryData(keys.video('a'))).toBeUndefined();
});

test('a deleted video that its provider had after all is back, also where it was deleted', () => {
  const client = withLists();
  hide(['b']);
  applyUpdate(client, { video_id: 'b', updates: { status: 'in_progress' }, video: video('b', {}) });
  expect(seenOf(listed(client))).toEqual(['a']);
  applyUpdate(client, { video_id: 'b', updates: { status: 'deleted' }, deleted: true });
  applyUpdate(client, { video_id: 'b', updates: { status: 'in_progress' }, video: video('b', {}) });
  expect(seenOf(listed(client))).toContain('b');
});

test('a page that shows a deleted video asks again and hears that it is gone', async () => {
  const client = withLists();
  const asked = vi.fn(() => Promise.resolve(Response.json({ error: 'Not found' }, { status: 404 })));
  vi.stubGlobal('fetch', asked);
  const shown: unknown[] = [];
  const leave = new QueryObserver(client, { ...videoQuery('a'), retry: false }).subscribe(({ data, error }) => shown.push(data?.id ?? error?.message ?? 'asking'));
  for (const id of ['a', 'b']) applyUpdate(client, { video_id: id, updates: { status: 'deleted' }, deleted: true });
  await vi.waitFor(() => expect(shown.at(-1)).toBe('Not found'));
  expect(asked).toHaveBeenCalledTimes(1);
  expect(client.getQueryState(keys.video('b'))).toBeUndefined();
  leave();
  vi.unstubAllGlobals();
});

test('after an absence what is new is merged, and too much begins the list anew', () => {
  const list = { pages: [{ ids: ['b', 'a'], next: 'a' }], pageParams: [null] };
  expect(mergeNewest(list, { ids: ['c', 'b', 'a'], next: 'a' }).pages[0]?.ids).toEqual(['c', 'b', 'a']);
  expect(mergeNewest(list, { ids: ['z', 'y'], next: 'y' }).pages).toEqual([{ ids: ['z', 'y'], next: 'y' }]);
  expect(mergeNewest(list, { ids: ['b', 'a'], next: 'a' })).toBe(list);
});

test('of a long list the rows nobody looks at are let go, and come back by whole pages', async () => {
  const client = new QueryClient();
  const asked = vi.fn((address: string) => {
    const from = Number(new URL(address, 'http://x').searchParams.get('cursor') ?? 0);
    return Promise.resolve(Response.json({ videos: Array.from({ length: 60 }, (_, i) => video(`v${from + i}`)), next_cursor: String(from + 60) }));
  });
  vi.stubGlobal('fetch', asked);
  await client.fetchInfiniteQuery({ ...videoListQuery(client, {}), pages: 200 });
  expect(listed(client)).toHaveLength(12_000);
  expect(client.getQueryCache().getAll().length).toBeLessThan(4_100);
  asked.mockClear();
  const rows = await Promise.all(['v60', 'v61', 'v119'].map((id) => client.fetchQuery(rowQuery(id))));
  expect(rows.map((row) => row.id)).toEqual(['v60', 'v61', 'v119']);
  expect(asked.mock.calls.map(([address]) => address)).toEqual(['/api/videos?cursor=60&limit=60']);
  vi.unstubAllGlobals();
});

test('a filter holds what it names', () => {
  expect(belongs(video('a'), { q: 'A A' })).toBe(true);
  expect(belongs(video('a'), { q: 'whale' })).toBe(false);
  expect(belongs(video('a'), { model: 'x/m', status: 'in_progress' })).toBe(true);
});
