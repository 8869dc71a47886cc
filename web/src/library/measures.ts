export interface Measures {
  columns: number;
  rowHeight: number;
}

export const gap = 20;
const narrowGap = 12;
const caption = 92;

/** How many cards stand beside each other in a width, and how high their rows are: known without measuring any, so that scrolling measures nothing. */
export function measure(width: number): Measures & { gap: number } {
  const between = width < 700 ? narrowGap : gap;
  const least = width < 700 ? 148 : 248;
  const columns = Math.max(1, Math.floor((width + between) / (least + between)));
  const card = (width - between * (columns - 1)) / columns;
  return { columns, rowHeight: Math.round((card * 9) / 16 + caption + between), gap: between };
}

/** Where an arrow key leads in a grid; null when it leads nowhere. */
export function step(key: string, from: number, columns: number, count: number): number | null {
  const to = { ArrowLeft: from - 1, ArrowRight: from + 1, ArrowUp: from - columns, ArrowDown: from + columns, Home: 0, End: count - 1 }[key];
  return to === undefined || to < 0 || to >= count ? null : to;
}
