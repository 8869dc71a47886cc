import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { probe, propsOf } from '../ui/probe';
import { Filters } from './Filters';

const changed = vi.fn();
let box: ReturnType<typeof propsOf>;

beforeEach(() => {
  vi.useFakeTimers();
  changed.mockClear();
  box = propsOf(probe(() => Filters({ filter: {}, onChange: changed })), 'input');
});
afterEach(() => vi.useRealTimers());

const typed = (value: string, isComposing: boolean) => ({ target: { value }, currentTarget: { value, blur: () => {} }, nativeEvent: { isComposing } });

test('what an input method has not finished is not searched', () => {
  box.onChange?.(typed('hong', true));
  vi.advanceTimersByTime(1_000);
  expect(changed).not.toHaveBeenCalled();
  box.onCompositionEnd?.(typed('红', false));
  vi.advanceTimersByTime(1_000);
  expect(changed.mock.calls).toEqual([[{ q: '红' }]]);
});

test('Esc clears the search, but not when it is for the input method', () => {
  box.onKeyDown?.({ ...typed('hong', true), key: 'Escape' });
  vi.advanceTimersByTime(1_000);
  expect(changed).not.toHaveBeenCalled();
  box.onKeyDown?.({ ...typed('hong', false), key: 'Escape' });
  vi.advanceTimersByTime(1_000);
  expect(changed.mock.calls).toEqual([[{ q: undefined }]]);
});
