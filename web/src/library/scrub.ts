/** Which picture of a spritesheet belongs to a place (0 to 1) along a card, and where that picture lies in the sheet. */
export function frameAt(place: number, columns: number, rows: number): { index: number; position: string; size: string } {
  const count = Math.max(1, columns * rows);
  const index = Math.min(count - 1, Math.max(0, Math.floor(place * count)));
  const [column, row] = [index % columns, Math.floor(index / columns)];
  const share = (part: number, all: number) => (all > 1 ? `${((part / (all - 1)) * 100).toFixed(4)}%` : '0%');
  return { index, position: `${share(column, columns)} ${share(row, rows)}`, size: `${columns * 100}% ${rows * 100}%` };
}
