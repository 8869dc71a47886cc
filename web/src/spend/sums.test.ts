import { describe, expect, it } from 'vitest';
import { type SpendRow, barsOf, byModel, seriesOf, topOf } from './sums';

const row = (day: string, model: string, total: number, reserved = 0): SpendRow => ({ day, kind: 'video', model, total, reserved, completed: 1 });
const rows = [row('2026-10-31', 'a', 1), row('2026-11-01', 'b', 2, 1), row('2026-11-01', 'c', 0.5), row('2026-11-01', 'free', 0)];

describe('what was spent', () => {
  it('is told by model, the dearest first, with what is reserved', () => {
    expect(byModel(rows).map((sum) => [sum.model, sum.total + sum.reserved])).toEqual([
      ['b', 3],
      ['a', 1],
      ['c', 0.5],
      ['free', 0],
    ]);
  });

  it('has a bar for each day, and one series for all that have no colour', () => {
    const series = seriesOf(byModel(rows), 2);
    expect(series).toEqual(['b', 'a']);
    expect(barsOf(rows, '2026-10-31', 3, series, 'day')).toEqual([
      { key: '2026-10-31', parts: [0, 1, 0], total: 1 },
      { key: '2026-11-01', parts: [3, 0, 0.5], total: 3.5 },
      { key: '2026-11-02', parts: [0, 0, 0], total: 0 },
    ]);
    expect(barsOf(rows, '2026-10-31', 3, series, 'month').map((bar) => [bar.key, bar.total])).toEqual([
      ['2026-10', 1],
      ['2026-11', 3.5],
    ]);
  });

  it('has a round scale', () => {
    expect([0, 0.03, 0.2, 3.5, 7, 100].map(topOf)).toEqual([1, 0.05, 0.2, 5, 10, 100]);
  });
});
