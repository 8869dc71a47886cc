/** What was seen of a job's progress. */
export interface Sample {
  /** Milliseconds. */
  at: number;
  /** 0 to 100. */
  percent: number;
}

/** Older samples say little about the pace now. */
const window = 90_000;

/** Adds a sample; those that tell nothing new, or are too old, are left out. */
export function withSample(samples: readonly Sample[], next: Sample): Sample[] {
  const last = samples.at(-1);
  if (last && next.percent <= last.percent) return [...samples];
  return [...samples.filter((s) => next.at - s.at <= window), next];
}

/** Seconds until 100 per cent at the pace that was seen; null while there is too little to tell. */
export function secondsLeft(samples: readonly Sample[], now: number): number | null {
  const [first, last] = [samples[0], samples.at(-1)];
  if (!first || !last || last.percent <= first.percent || last.at <= first.at || last.percent >= 100) return null;
  const pace = (last.percent - first.percent) / (last.at - first.at);
  const left = (100 - last.percent) / pace - (now - last.at);
  // A pace that was not kept promises nothing.
  return left <= 0 ? null : left / 1000;
}
