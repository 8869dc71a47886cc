import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { VideoFilter } from '../api/lists';
import type { VideoStatus } from '../api/types';

const statuses: readonly string[] = ['queued', 'in_progress', 'completed', 'failed'];

/** The filter stands in the address, so that going back finds it again. */
export function useFilter(): [VideoFilter, (next: VideoFilter) => void] {
  const search = useSearch();
  const [, go] = useLocation();
  const filter = useMemo(() => readFilter(search), [search]);
  return [filter, (next) => go(`/${writeFilter(next)}`, { replace: true })];
}

export function readFilter(search: string): VideoFilter {
  const words = new URLSearchParams(search);
  const [q, status, model] = [words.get('q'), words.get('status'), words.get('model')];
  return { ...(q ? { q } : {}), ...(status && statuses.includes(status) ? { status: status as VideoStatus } : {}), ...(model ? { model } : {}) };
}

export function writeFilter(filter: VideoFilter): string {
  const words = new URLSearchParams(Object.entries(filter).filter(([, value]) => Boolean(value)));
  return words.size > 0 ? `?${words.toString()}` : '';
}
