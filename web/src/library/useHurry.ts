import { startTransition, useEffect, useState } from 'react';

/** What was scrolled within so many milliseconds is judged. */
const span = 250;

/** Nobody reads at more than this many windows a span; at less than the second, one does again. */
const fast = 1.25;
const slow = 0.5;

/** So many milliseconds without scrolling are a stop. */
const stop = 120;

export interface Move {
  at: number;
  top: number;
}

/** Adds where the window stands now and forgets what is older than the span, but for the last place before it. */
export function follow(moves: readonly Move[], at: number, top: number): Move[] {
  const from = moves.findLastIndex((move) => move.at <= at - span);
  return [...moves.slice(Math.max(from, 0)), { at, top }];
}

/** Whether those moves are faster than anybody reads; between the two paces it stays as it was. */
export function isHurried(moves: readonly Move[], height: number, before: boolean): boolean {
  const way = moves.reduce((sum, move, index) => sum + (index > 0 ? Math.abs(move.top - moves[index - 1]!.top) : 0), 0);
  return way > height * (before ? slow : fast);
}

/** Whether the window is thrown about so fast that nobody can see what comes and goes, and drawing it would only make it stutter. */
export function useHurry(): boolean {
  const [hurried, setHurried] = useState(false);
  useEffect(() => {
    let moves: Move[] = [{ at: performance.now(), top: scrollY }];
    let before = false;
    let rest: number | undefined;
    const turn = (to: boolean) => {
      if (to === before) return;
      before = to;
      if (to) setHurried(true);
      else startTransition(() => setHurried(false));
    };
    const scrolled = () => {
      moves = follow(moves, performance.now(), scrollY);
      turn(isHurried(moves, innerHeight, before));
      clearTimeout(rest);
      rest = window.setTimeout(() => {
        moves = moves.slice(-1);
        turn(false);
      }, stop);
    };
    addEventListener('scroll', scrolled, { passive: true });
    return () => {
      clearTimeout(rest);
      removeEventListener('scroll', scrolled);
    };
  }, []);
  return hurried;
}
