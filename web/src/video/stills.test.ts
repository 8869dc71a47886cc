import { expect, test, vi } from 'vitest';
import { stillOf } from './stills';

test('of a film that cannot be loaded there is no still, and no waiting for one', async () => {
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 });
  const film = Object.assign(new EventTarget(), { readyState: 0, pause: () => {}, load: () => queueMicrotask(() => film.dispatchEvent(new Event('error'))) });
  expect(await stillOf(film as unknown as HTMLVideoElement)).toBeNull();
  vi.unstubAllGlobals();
});
