import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import type { Money, Row, Sharpened } from '../api/types';

export type TurnPicture = Sharpened<Row<'getImage'>['images'][number], { width: number | null; height: number | null }>;

/** One turn of a conversation: an image job. */
export type Turn = Sharpened<
  Row<'getImage'>,
  {
    revised_prompt: string | null;
    remarks: string | null;
    size: string | null;
    completed_at: number | null;
    session_id: string | null;
    from_image_id: string | null;
    error_message: string | null;
    cost: Money;
    images: TurnPicture[];
  }
>;

export type Session = Sharpened<Row<'getSession'>, { session_name: string | null; images: Turn[]; pending: Turn[] }>;
export type SessionRow = Sharpened<Row<'listSessions'>['sessions'][number], { session_name: string | null; newest_image_url: string | null }>;

const key = ['sessions'] as const;
/** Updates come over the live connection; this is for what it may have missed. */
const lookAgain = 10_000;

export const sessionsQuery = queryOptions({
  queryKey: [...key, 'list'] as const,
  queryFn: async ({ signal }) => (await api.get('/api/sessions', { signal })).sessions as unknown as SessionRow[],
});

export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, id] as const,
    queryFn: async ({ signal }) => (await api.get('/api/sessions/{id}', { path: { id }, signal })) as unknown as Session,
    refetchInterval: (query) => (query.state.data && query.state.data.pending.length > 0 ? lookAgain : false),
  });

/** Closed and expired ones, last used first. */
export const endedQuery = infiniteQueryOptions({
  queryKey: [...key, 'ended'] as const,
  initialPageParam: null as string | null,
  queryFn: async ({ pageParam, signal }) =>
    (await api.get('/api/sessions', { query: { state: 'ended', cursor: pageParam ?? undefined, limit: 24 }, signal })) as unknown as { sessions: SessionRow[]; next_cursor: string | null },
  getNextPageParam: (page) => page.next_cursor,
});

export const turnQuery = (id: string) =>
  queryOptions({
    queryKey: ['image', id] as const,
    queryFn: async ({ signal }) => (await api.get('/api/images/{id}', { path: { id }, signal })) as unknown as Turn,
  });

export const nameOf = (session: Pick<SessionRow, 'session_name' | 'description'>) => session.session_name || session.description;
