import type { QueryClient } from '@tanstack/react-query';
import { io } from 'socket.io-client';
import { unhide } from './hidden';
import { dropVideo, listVideo, putVideo, refreshNewest } from './lists';
import { keys, videoQuery } from './queries';
import { setReachable } from './reachable';
import type { Video, VideoStatus } from './types';

interface VideoUpdate {
  video_id: string;
  updates: Partial<Pick<Video, 'progress' | 'error_message' | 'completed_at' | 'file_path' | 'thumbnail_path'>> & { status?: VideoStatus | 'deleted' };
  video?: Video;
  deleted?: boolean;
}

interface ImageUpdate {
  image_id: string;
  updates: Record<string, unknown>;
}

/** What the server has told to be deleted. */
const gone = new Set<string>();

/** Milliseconds until a new credential is tried. */
const again = 1_000;

/** Feeds the cache from the live connection until it is stopped. Who is signed in is told by the cookie. */
export function startLive(client: QueryClient): () => void {
  const socket = io({ transports: ['websocket'], reconnectionDelayMax: 4_000 });
  let wasAway = false;
  let isOver = false;

  // The credential has ended: asking who we are leads to the sign-in page, or tells that there is a new one, as after a change of the password.
  const askWhoWeAre = async () => {
    await client.invalidateQueries({ queryKey: keys.me });
    if (client.getQueryState(keys.me)?.status === 'success') setTimeout(() => !isOver && socket.connect(), again);
  };

  socket.on('connect', () => {
    setReachable(true);
    if (wasAway) void catchUp(client);
    wasAway = false;
  });
  socket.on('disconnect', (reason) => {
    wasAway = true;
    if (reason === 'io server disconnect') void askWhoWeAre();
    else if (reason !== 'io client disconnect') setReachable(false);
  });
  socket.on('connect_error', () => {
    wasAway = true;
    if (!socket.active) void askWhoWeAre();
  });
  socket.on('video_update', (update: VideoUpdate) => applyUpdate(client, update));
  socket.on('image_update', (update: ImageUpdate) => {
    void client.invalidateQueries({ queryKey: ['image', update.image_id] });
    if (update.updates.status) void client.invalidateQueries({ queryKey: ['sessions'] });
  });
  return () => {
    isOver = true;
    socket.disconnect();
  };
}

/** One update changes one entry; a list only when its members change. */
export function applyUpdate(client: QueryClient, update: VideoUpdate): void {
  const key = keys.video(update.video_id);
  if (update.deleted || update.updates.status === 'deleted') {
    gone.add(update.video_id);
    dropVideo(client, update.video_id);
    return;
  }

  if (update.video) {
    // Told anew after its end: nobody knew what had become of it, and its provider has it after all.
    if (gone.delete(update.video_id)) unhide([update.video_id]);
    putVideo(client, update.video);
    listVideo(client, update.video);
    return;
  }

  const before = client.getQueryData<Video>(key);
  if (!before) return;
  const now = { ...before, ...(update.updates as Partial<Video>) };
  client.setQueryData<Video>(key, now);
  const status = update.updates.status;
  // Even when the row knew it before: an answer may have told it, and answers change no lists.
  if (status) listVideo(client, now);
  if (status && status !== before.status) {
    // The rest of the row has changed too: stage, files, money.
    void client.invalidateQueries({ queryKey: key, refetchType: 'all' });
    if (status === 'completed' || status === 'failed') void client.invalidateQueries({ queryKey: ['spend'] });
  }
}

/** What ended while we were away is not told again. */
async function catchUp(client: QueryClient): Promise<void> {
  const open = client.getQueriesData<Video>({ queryKey: ['video'] }).flatMap(([, video]) => (video && (video.status === 'queued' || video.status === 'in_progress') ? [video.id] : []));
  await Promise.allSettled([refreshNewest(client), ...open.map(async (id) => listVideo(client, await client.fetchQuery({ ...videoQuery(id), staleTime: 0 })))]);
}
