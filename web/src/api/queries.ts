import { QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import { ApiError, Unreachable } from './errors';
import { api } from './client';
import type { Me, Models, Video } from './types';

/** One cache for the page. Live updates write into it, so nothing is asked for again only because time has passed. */
export function newQueryClient(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        networkMode: 'always',
        retry: (count, fault) => (fault instanceof Unreachable ? count < 3 : fault instanceof ApiError && fault.status >= 500 && count < 1),
        retryDelay: (count) => Math.min(8_000, 500 * 2 ** count),
      },
      // Whoever asked for a change decides himself whether to ask again.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
  const watch = (fault: unknown) => {
    if (fault instanceof ApiError && (fault.code === 'unauthenticated' || fault.code === 'password_change_required')) void client.invalidateQueries({ queryKey: keys.me });
  };
  client.setQueryDefaults(['video'], { staleTime: Number.POSITIVE_INFINITY, gcTime: 30 * 60_000 });
  // The question who we are is answered by its own fault.
  client.getQueryCache().config.onError = (fault, query) => query.queryKey[0] !== keys.me[0] && watch(fault);
  client.getMutationCache().config.onError = watch;
  return client;
}

export const keys = {
  me: ['me'] as const,
  models: ['models'] as const,
  video: (id: string) => ['video', id] as const,
  videos: ['videos'] as const,
};

export const meQuery = queryOptions({ queryKey: keys.me, queryFn: async () => (await api.get('/api/auth/me')) as Me, staleTime: 60_000 });

export const modelsQuery = queryOptions({ queryKey: keys.models, queryFn: async () => (await api.get('/api/models')) as unknown as Models, staleTime: 300_000 });

export const loadVideo = async (id: string, signal?: AbortSignal) => (await api.get('/api/videos/{id}', { path: { id }, signal })) as Video;

/** One video. Lists put their rows here, and live updates change them here. */
export const videoQuery = (id: string) =>
  queryOptions({
    queryKey: keys.video(id),
    queryFn: ({ signal }) => loadVideo(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 30 * 60_000,
  });

export function useMe(): Me | undefined {
  return useQuery(meQuery).data;
}

export const contentOf = (id: string, variant: 'video' | 'thumbnail' | 'spritesheet') =>
  `/api/videos/${id}/content${variant === 'video' ? '' : `?variant=${variant}`}`;
