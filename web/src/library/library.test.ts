import { expect, test } from 'vitest';
import { secondsLeft, withSample } from './eta';
import { measure, step } from './measures';
import { frameAt } from './scrub';
import { readFilter, writeFilter } from './useFilter';
import { follow, isHurried, type Move } from './useHurry';

test('the time left follows the pace that was seen', () => {
  const seen = [0, 10, 20].reduce((samples, percent) => withSample(samples, { at: percent * 1000, percent }), [] as { at: number; percent: number }[]);
  expect(secondsLeft(seen, 20_000)).toBeCloseTo(80);
  expect(secondsLeft(seen, 50_000)).toBeCloseTo(50);
});

test('too little is no time left', () => {
  expect(secondsLeft([], 0)).toBeNull();
  expect(secondsLeft([{ at: 0, percent: 10 }], 5_000)).toBeNull();
  expect(secondsLeft([{ at: 0, percent: 10 }, { at: 1_000, percent: 20 }], 100_000)).toBeNull();
});

test('progress that does not grow is no sample', () => {
  expect(withSample([{ at: 0, percent: 10 }], { at: 1_000, percent: 10 })).toHaveLength(1);
});

test('a place along a card is a picture of the sheet', () => {
  expect(frameAt(0, 5, 2)).toEqual({ index: 0, position: '0.0000% 0.0000%', size: '500% 200%' });
  expect(frameAt(0.55, 5, 2)).toMatchObject({ index: 5, position: '0.0000% 100.0000%' });
  expect(frameAt(1, 5, 2)).toMatchObject({ index: 9, position: '100.0000% 100.0000%' });
  expect(frameAt(0.5, 1, 1)).toMatchObject({ index: 0, position: '0% 0%' });
});

test('as many columns as fit, and at least one', () => {
  expect(measure(328).columns).toBe(2);
  expect(measure(100).columns).toBe(1);
  expect(measure(1_140).columns).toBe(4);
});

test('arrow keys stay in the grid', () => {
  expect(step('ArrowRight', 0, 3, 2)).toBe(1);
  expect(step('ArrowRight', 1, 3, 2)).toBeNull();
  expect(step('ArrowUp', 1, 3, 9)).toBeNull();
  expect(step('ArrowDown', 1, 3, 9)).toBe(4);
  expect(step('End', 1, 3, 9)).toBe(8);
  expect(step('a', 1, 3, 9)).toBeNull();
});

test('a filter is read from the address as it was written, and nonsense is left out', () => {
  const filter = { q: 'a & b', status: 'failed' as const, model: 'x/y' };
  expect(readFilter(writeFilter(filter))).toEqual(filter);
  expect(readFilter('?status=none&other=1')).toEqual({});
  expect(writeFilter({ q: undefined })).toBe('');
});

function scroll(pixelsASecond: number, milliseconds: number): Move[] {
  let moves: Move[] = [];
  for (let at = 0; at <= milliseconds; at += 16) moves = follow(moves, at, (at * pixelsASecond) / 1000);
  return moves;
}

test('only what goes by too fast to be seen is a hurry, and it ends later than it begins', () => {
  expect(isHurried(scroll(2_000, 1_000), 900, false)).toBe(false);
  expect(isHurried(scroll(8_000, 1_000), 900, false)).toBe(true);
  expect(isHurried(scroll(3_000, 1_000), 900, false)).toBe(false);
  expect(isHurried(scroll(3_000, 1_000), 900, true)).toBe(true);
  expect(isHurried(scroll(1_000, 1_000), 900, true)).toBe(false);
});

test('a jump is a hurry at once, and what was long ago is none', () => {
  const rested = follow([{ at: 0, top: 0 }], 5_000, 50_000);
  expect(isHurried(rested, 900, false)).toBe(true);
  expect(isHurried(follow(rested, 5_300, 50_010), 900, true)).toBe(false);
});

test('there and back is as fast as there', () => {
  const moves = [0, 1_000, 0, 1_000].reduce((before, top, index) => follow(before, index * 50, top), [] as Move[]);
  expect(isHurried(moves, 900, false)).toBe(true);
});
