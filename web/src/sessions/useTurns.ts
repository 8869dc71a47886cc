import { useQueries } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { type Session, type Turn, turnQuery } from './session';

const lookAgain = 2_000;

const isOpen = (turn: Turn | undefined) => turn?.status === 'queued' || turn?.status === 'in_progress';

/** All turns, oldest first: those with pictures, those under way, and those that failed while one was looking; the server's list leaves the failed out. */
export function useTurns(session: Session | undefined): { turns: Turn[]; forget: (id: string) => void } {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const pending = session?.pending;
  useEffect(() => {
    const fresh = pending?.map((turn) => turn.id) ?? [];
    setSeen((now) => (fresh.every((id) => now.includes(id)) ? now : [...new Set([...now, ...fresh])]));
  }, [pending]);

  const there = new Set([...(session?.images ?? []), ...(session?.pending ?? [])].map((turn) => turn.id));
  // What the cache has of such a turn is from the time when it was under way.
  const gone = useQueries({
    queries: seen.filter((id) => session && !there.has(id)).map((id) => ({ ...turnQuery(id), retry: false, staleTime: 0, refetchInterval: (query: { state: { data?: Turn } }) => (isOpen(query.state.data) ? lookAgain : (false as const)) })),
  });
  const failed = gone.flatMap(({ data }) => (data?.status === 'failed' ? [data] : []));
  const mark = failed.map((turn) => turn.id).join();
  const turns = useMemo(
    () => [...(session?.images ?? []), ...(session?.pending ?? []), ...failed].sort((a, b) => a.created_at - b.created_at),
    [session, mark],
  );
  return { turns, forget: (id) => setSeen((now) => now.filter((one) => one !== id)) };
}
