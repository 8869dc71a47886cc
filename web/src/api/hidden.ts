import { useSyncExternalStore } from 'react';

let hidden: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

/** Shows these videos no longer. The lists keep them, so that each is where it was when it comes back, whatever else came and went. */
export function hide(ids: readonly string[]): void {
  set([...hidden, ...ids]);
}

export function unhide(ids: readonly string[]): void {
  set([...hidden].filter((id) => !ids.includes(id)));
}

/** What of a list is to be seen. */
export const seenOf = (ids: readonly string[], without = hidden) => (without.size === 0 ? ids : ids.filter((id) => !without.has(id)));

export function useHidden(): ReadonlySet<string> {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => hidden,
  );
}

function set(ids: Iterable<string>): void {
  hidden = new Set(ids);
  listeners.forEach((tell) => tell());
}
