import type { KeyboardEvent } from 'react';

/** A key that an input method takes for itself, such as the Enter that chooses a word. Safari says so by the old code 229 alone. */
export const isComposing = (event: KeyboardEvent) => event.nativeEvent.isComposing || event.keyCode === 229;
