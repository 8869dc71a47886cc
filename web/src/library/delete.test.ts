import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keys } from '../api/queries';
import { endSession, useSignOut } from '../app/useSignOut';
import { probe } from '../ui/probe';
import type { toast } from '../ui/toasts';
import { seenOf, unhide } from '../api/hidden';
import { useDelete } from './useDelete';

const page = vi.hoisted(() => {
  // There is no window that could be closed.
  Object.assign(globalThis, { addEventListener: () => {} });
  return { undo: [] as (() => void)[], faults: [] as unknown[], asked: [] as string[], refused: new Set<string>() };
});
vi.mock('../ui/toasts', () => ({
  toast: (...[, more]: Parameters<typeof toast>) => page.undo.push(more?.action?.run ?? (() => {})),
  useToastFault: () => (fault: unknown) => page.faults.push(fault),
}));

const all = ['d', 'c', 'b', 'a'];
let client: QueryClient;
let remove: ReturnType<typeof useDelete>;

const listed = () => (client.getQueryData([...keys.videos, {}]) as { pages: { ids: string[] }[] }).pages.flatMap((one) => one.ids);
const seen = () => seenOf(listed());

beforeEach(() => {
  vi.useFakeTimers();
  for (const list of [page.undo, page.faults, page.asked]) list.length = 0;
  page.refused.clear();
  unhide(all);
  vi.stubGlobal('location', { assign: () => {} });
  vi.stubGlobal('fetch', (address: string) => {
    page.asked.push(address.replace('?cancel_first=true', ''));
    return Promise.resolve(page.refused.has(address.split(/[/?]/)[3] ?? '') ? Response.json({ error: 'No' }, { status: 409 }) : Response.json({}));
  });
  client = new QueryClient();
  client.setQueryData([...keys.videos, {}], { pages: [{ ids: all, next: null }], pageParams: [null] });
  remove = probe(useDelete, client);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('an undo brings back its own videos, each where it was, in whatever order deletes are taken back', () => {
  for (const order of [[0, 1], [1, 0]]) {
    page.undo.length = 0;
    remove(['c']);
    remove(['b']);
    expect(seen()).toEqual(['d', 'a']);
    page.undo[order[0] as number]?.();
    expect(seen()).toEqual(order[0] === 0 ? ['d', 'c', 'a'] : ['d', 'b', 'a']);
    page.undo[order[1] as number]?.();
    expect(seen()).toEqual(all);
  }
});

test('what was not taken back is deleted when its own time is over', async () => {
  remove(['c']);
  remove(['b']);
  page.undo[0]?.();
  await vi.advanceTimersByTimeAsync(7_000);
  expect(page.asked).toEqual(['/api/videos/b']);
  expect(listed()).toEqual(['d', 'c', 'a']);
  expect(seen()).toEqual(['d', 'c', 'a']);
});

test('what the server does not delete is seen again', async () => {
  page.refused.add('c');
  remove(['c', 'b']);
  await vi.advanceTimersByTimeAsync(7_000);
  expect(page.faults).toHaveLength(1);
  expect(seen()).toEqual(['d', 'c', 'a']);
});

test('who signs out has decided: deletes are asked for before the session ends', async () => {
  for (const signOut of [probe(useSignOut, client), () => endSession(client, true)]) {
    page.asked.length = 0;
    remove(['c']);
    remove(['b']);
    void signOut();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(page.asked).toEqual(['/api/videos/c', '/api/videos/b', '/api/auth/logout']);
  }
});
