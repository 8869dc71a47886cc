import { expect, test } from 'vitest';
import { formatOf } from './format';

const format = formatOf('en');

test('unknown money is a dash, and small money keeps its digits', () => {
  expect(format.money(null)).toBe('–');
  expect(format.money(undefined)).toBe('–');
  expect(format.money(0)).toBe('$0.00');
  expect(format.money(1.5)).toBe('$1.50');
  expect(format.money(0.0125)).toBe('$0.0125');
});

test('spans are told in the two largest units', () => {
  expect(format.span(0.2)).toBe('1s');
  expect(format.span(59)).toBe('59s');
  expect(format.span(61)).toBe('1m 1s');
  expect(format.span(3_660)).toBe('1h 1m');
});

test('bytes are told in the unit that fits', () => {
  expect(format.bytes(0)).toBe('0B');
  expect(format.bytes(1_200_000)).toBe('1.2MB');
});
