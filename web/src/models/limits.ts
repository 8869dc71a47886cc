import type { Model } from '../api/types';

/** Lengths and sizes in figures. */
export function limitsOf({ durations, sizes }: Model): { seconds: string; sizes: string } {
  return {
    seconds: !durations ? '' : durations.allowed?.length ? durations.allowed.join(', ') : span(durations.min, durations.max),
    sizes: !sizes ? '' : sizes.allowed?.length ? sizes.allowed.map((size) => size.replace('x', '×')).join(', ') : sizes.min_side || sizes.max_side ? `${span(sizes.min_side, sizes.max_side)} px` : sizes.default.replace('x', '×'),
  };
}

function span(least: number | undefined, most: number | undefined): string {
  return [least, most].filter((end) => end !== undefined && end > 0).join('–');
}
