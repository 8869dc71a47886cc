import { useEffect, useState } from 'react';
import { type Sample, secondsLeft, withSample } from './eta';

/** Kept outside of cards, because those come and go while one scrolls. */
const seen = new Map<string, Sample[]>();

/** Seconds left of a job that is being made, told anew each second; null while that cannot be known. */
export function useEta(id: string, percent: number, open: boolean): number | null {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!open) {
      seen.delete(id);
      return;
    }
    seen.set(id, withSample(seen.get(id) ?? [], { at: Date.now(), percent }));
    setNow(Date.now());
    const tick = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(tick);
  }, [id, percent, open]);
  return open ? secondsLeft(seen.get(id) ?? [], now) : null;
}
