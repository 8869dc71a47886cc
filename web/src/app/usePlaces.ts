import { useEffect, useLayoutEffect, useRef } from 'react';

/** How far down each address was left. */
const left = new Map<string, number>();
/** A list that comes back has to be drawn before it is long enough. */
const patience = 30;

const here = () => window.location.pathname + window.location.search;

/** Where going back or forward led to last. */
let wentTo: string | null = null;
window.history.scrollRestoration = 'manual';
window.addEventListener('popstate', () => (wentTo = here()));

/** A new page begins at its top, and a reader begins with it; one that is gone back to is where it was left. */
export function usePlaces(address: string, arrived: () => void): void {
  const before = useRef(address);
  const place = useRef(here());
  useLayoutEffect(() => {
    place.current = here();
  }, [address]);
  useEffect(() => {
    const note = () => void left.set(place.current, window.scrollY);
    window.addEventListener('scroll', note, { passive: true });
    return () => window.removeEventListener('scroll', note);
  }, []);
  useEffect(() => {
    if (before.current === address) return;
    before.current = address;
    arrived();
    scrollBack(wentTo === here() ? (left.get(here()) ?? 0) : 0, here());
    wentTo = null;
  });
}

function scrollBack(to: number, where: string, tries = patience): void {
  if (here() !== where) return;
  window.scrollTo(0, to);
  if (tries > 0 && Math.abs(window.scrollY - to) > 1) requestAnimationFrame(() => scrollBack(to, where, tries - 1));
}
