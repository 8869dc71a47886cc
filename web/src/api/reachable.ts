import { useSyncExternalStore } from 'react';

let reachable = true;
const listeners = new Set<() => void>();

/** Whether the last word from or to the server went through; calls and the live connection both say so. */
export function setReachable(now: boolean): void {
  if (now === reachable) return;
  reachable = now;
  listeners.forEach((tell) => tell());
}

export function useReachable(): boolean {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => reachable,
  );
}
