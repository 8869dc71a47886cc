export interface SpendRow {
  day: string;
  kind: 'video' | 'image';
  model: string;
  /** Settled. */
  total: number;
  /** What open jobs count. */
  reserved: number;
  completed: number;
}

/** One bar of the chart: a day or a month, and what each series was in it. */
export interface Bar {
  key: string;
  parts: number[];
  total: number;
}

export interface ModelSum {
  model: string;
  kinds: string[];
  total: number;
  reserved: number;
  completed: number;
}

export const cost = (row: { total: number; reserved: number }) => row.total + row.reserved;

/** The models of a time, the dearest first. */
export function byModel(rows: readonly SpendRow[]): ModelSum[] {
  const sums = new Map<string, ModelSum>();
  for (const row of rows) {
    const sum = sums.get(row.model) ?? { model: row.model, kinds: [], total: 0, reserved: 0, completed: 0 };
    if (!sum.kinds.includes(row.kind)) sum.kinds.push(row.kind);
    sum.total += row.total;
    sum.reserved += row.reserved;
    sum.completed += row.completed;
    sums.set(row.model, sum);
  }
  return [...sums.values()].sort((a, b) => cost(b) - cost(a) || b.completed - a.completed || a.model.localeCompare(b.model));
}

/** The models that get a colour of their own; all others share the last one. */
export function seriesOf(sums: readonly ModelSum[], most: number): string[] {
  return sums.filter((sum) => cost(sum) > 0).slice(0, most).map((sum) => sum.model);
}

/** A bar for each day, or each month, of the time; also for those without a cost. */
export function barsOf(rows: readonly SpendRow[], since: string, days: number, series: readonly string[], step: 'day' | 'month'): Bar[] {
  const start = Date.parse(since);
  const keyOf = (day: string) => (step === 'day' ? day : day.slice(0, 7));
  const bars = new Map<string, Bar>();
  for (let n = 0; n < days; n++) {
    const key = keyOf(new Date(start + n * 86_400_000).toISOString().slice(0, 10));
    if (!bars.has(key)) bars.set(key, { key, parts: Array<number>(series.length + 1).fill(0), total: 0 });
  }
  for (const row of rows) {
    const bar = bars.get(keyOf(row.day));
    if (!bar) continue;
    const at = series.indexOf(row.model);
    const part = at < 0 ? series.length : at;
    bar.parts[part] = (bar.parts[part] ?? 0) + cost(row);
    bar.total += cost(row);
  }
  return [...bars.values()];
}

/** The top of a scale: the next 1, 2 or 5 with zeros. */
export function topOf(most: number): number {
  if (most <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  return ([1, 2, 5].find((step) => step * power >= most) ?? 10) * power;
}
