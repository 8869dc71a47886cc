import type { KeyboardEvent } from 'react';
import { expect, test } from 'vitest';
import { isComposing } from './composing';

test('a key of an input method is known in every browser', () => {
  const key = (composing: boolean, keyCode: number) => ({ keyCode, nativeEvent: { isComposing: composing } }) as KeyboardEvent;
  expect([key(true, 13), key(false, 229), key(false, 13)].map(isComposing)).toEqual([true, true, false]);
});
