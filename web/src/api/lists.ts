import { type InfiniteData, type QueryClient, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './client';
import { keys, loadVideo, videoQuery } from './queries';
import type { Video, VideoPage, VideoStatus } from './types';

export interface VideoFilter {
  status?: VideoStatus;
  model?: string;
  q?: string;
}

/** A page of a list holds ids alone; the rows lie in the entries of their videos, so that a change of one repaints one card. */
export interface IdPage {
  ids: string[];
  next: string | null;
}

type Listed = InfiniteData<IdPage, string | null>;

const pageSize = 60;

/** So many rows that nobody looks at stay in memory, give or take a third; of a longer list the ids alone do. */
const spareRows = 3_000;

export function videoListQuery(client: QueryClient, filter: VideoFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.videos, filter] as const,
    initialPageParam: null as string | null,
    queryFn: async ({ pageParam, signal }) => loadPage(client, filter, pageParam, signal),
    getNextPageParam: (page: IdPage) => page.next,
    // Long lists are never fetched again as a whole: the newest page is (refreshNewest), and live updates do the rest.
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
}

async function loadPage(client: QueryClient, filter: VideoFilter, cursor: string | null, signal?: AbortSignal): Promise<IdPage> {
  const page = (await api.get('/api/videos', { query: { ...filter, cursor: cursor ?? undefined, limit: pageSize }, signal })) as unknown as VideoPage;
  for (const video of page.videos) putVideo(client, video);
  trimRows(client);
  return { ids: page.videos.map((v) => v.id), next: page.next_cursor };
}

/** Lets go of the rows that were loaded first and are not shown. */
function trimRows(client: QueryClient): void {
  const cache = client.getQueryCache();
  if (cache.getAll().length < (spareRows * 4) / 3) return;
  const idle = cache.findAll({ queryKey: ['video'], type: 'inactive' });
  for (const query of idle.slice(0, Math.max(0, idle.length - spareRows))) cache.remove(query);
}

const coming = new Set<{ ids: readonly string[]; done: Promise<IdPage> }>();

/** A row of a list, as a card asks for it. One that was let go comes back with its whole page, asked for once for all its cards. */
export const rowQuery = (id: string) =>
  queryOptions({
    ...videoQuery(id),
    // What is known and asked for all the same has changed: that is for one row.
    queryFn: async (asked) => (asked.client.getQueryData(keys.video(id)) ? undefined : await reloadRow(asked.client, id)) ?? loadVideo(id, asked.signal),
  });

async function reloadRow(client: QueryClient, id: string): Promise<Video | undefined> {
  let page = [...coming].find((one) => one.ids.includes(id));
  for (const [key, list] of page ? [] : client.getQueriesData<Listed>({ queryKey: keys.videos })) {
    const at = list?.pages.findIndex((one) => one.ids.includes(id)) ?? -1;
    const ids = list?.pages[at]?.ids;
    if (!list || !ids) continue;
    const made = { ids, done: loadPage(client, (key[1] ?? {}) as VideoFilter, list.pageParams[at] ?? null).finally(() => coming.delete(made)) };
    coming.add(made);
    page = made;
    break;
  }

  await page?.done;
  return client.getQueryData<Video>(keys.video(id));
}

/** Keeps the object that is there when nothing differs, so that nothing repaints. */
export function putVideo(client: QueryClient, video: Video): void {
  client.setQueryData<Video>(keys.video(video.id), video);
}

/** A video that is new, or whose status has changed, comes into every list that it belongs to, and leaves those of another status. */
export function listVideo(client: QueryClient, video: Video): void {
  changeLists(client, (list, filter) => {
    const there = list.pages.some((page) => page.ids.includes(video.id));
    if (there) return filter.status && filter.status !== video.status ? without(list, video.id) : list;
    return belongs(video, filter) ? withNew(client, list, video) : list;
  });
}

/** Newest first, as the server lists them: what is older than all that is loaded will come with its own page. */
function withNew(client: QueryClient, list: Listed, video: Video): Listed {
  const isBehind = (id: string) => (client.getQueryData<Video>(keys.video(id))?.created_at ?? 0) <= video.created_at;
  const last = list.pages.length - 1;
  const found = list.pages.findIndex((page) => page.ids.some(isBehind));
  const isEmpty = list.pages.every((page) => page.ids.length === 0);
  if (found < 0 && !isEmpty && list.pages[last]?.next !== null) return list;
  const at = found < 0 ? last : found;
  const add = (ids: string[]) => {
    const place = found < 0 ? ids.length : ids.findIndex(isBehind);
    return [...ids.slice(0, place), video.id, ...ids.slice(place)];
  };
  return { ...list, pages: list.pages.map((page, index) => (index === at ? { ...page, ids: add(page.ids) } : page)) };
}

/** A video that is no more: no list holds it, and a page that still shows it asks again, to tell what the server says. */
export function dropVideo(client: QueryClient, id: string): void {
  changeLists(client, (list) => without(list, id));
  client.removeQueries({ queryKey: keys.video(id), type: 'inactive' });
  // Whoever shows a removed entry is told nothing, but is of one that begins anew.
  void client.resetQueries({ queryKey: keys.video(id) });
}

const without = (list: Listed, id: string): Listed => ({ ...list, pages: list.pages.map((page) => ({ ...page, ids: page.ids.filter((one) => one !== id) })) });

/** After a time without live updates: what is new comes to the top; when too much is, the list begins anew. */
export async function refreshNewest(client: QueryClient): Promise<void> {
  for (const query of client.getQueryCache().findAll({ queryKey: keys.videos, type: 'active' })) {
    const filter = (query.queryKey[1] ?? {}) as VideoFilter;
    const fresh = await loadPage(client, filter, null);
    client.setQueryData<Listed>(query.queryKey, (list) => (list ? mergeNewest(list, fresh) : list));
  }
}

export function mergeNewest(list: Listed, fresh: IdPage): Listed {
  const known = new Set(list.pages.flatMap((page) => page.ids));
  const added = fresh.ids.filter((id) => !known.has(id));
  const [first, ...rest] = list.pages;
  if (!first || (added.length === fresh.ids.length && known.size > 0 && fresh.next !== null)) return { pages: [fresh], pageParams: [null] };
  return added.length === 0 ? list : { ...list, pages: [{ ...first, ids: [...added, ...first.ids] }, ...rest] };
}

function changeLists(client: QueryClient, change: (list: Listed, filter: VideoFilter) => Listed): void {
  for (const [key, list] of client.getQueriesData<Listed>({ queryKey: keys.videos })) {
    if (list) client.setQueryData(key, change(list, (key[1] ?? {}) as VideoFilter));
  }
}

export function belongs(video: Video, filter: VideoFilter): boolean {
  return (
    (!filter.status || filter.status === video.status) &&
    (!filter.model || filter.model === video.model || filter.model === video.kinora.model) &&
    (!filter.q || video.prompt.toLowerCase().includes(filter.q.toLowerCase()))
  );
}
