import type { Turn, TurnPicture } from './session';

export interface Twig {
  turn: Turn;
  children: Twig[];
}

/** Turns as they go on from one another's pictures; one whose picture is not in the session is a root. */
export function twigsOf(turns: readonly Turn[]): Twig[] {
  const twigs = turns.map((turn): Twig => ({ turn, children: [] }));
  const byPicture = new Map(twigs.flatMap((twig) => twig.turn.images.map((picture) => [picture.id, twig] as const)));
  const roots: Twig[] = [];
  for (const twig of twigs) {
    const source = twig.turn.from_image_id ? byPicture.get(twig.turn.from_image_id) : undefined;
    (source && source !== twig ? source.children : roots).push(twig);
  }
  return roots;
}

/** A turn and all before it, oldest first. */
export function lineTo(turns: readonly Turn[], last: Turn | undefined): Turn[] {
  const line: Turn[] = [];
  for (let turn = last; turn && !line.includes(turn); turn = sourceOf(turns, turn)) line.unshift(turn);
  return line;
}

export function sourceOf(turns: readonly Turn[], turn: Turn): Turn | undefined {
  return turn.from_image_id ? turns.find((one) => one !== turn && one.images.some((picture) => picture.id === turn.from_image_id)) : undefined;
}

/** All that went on from the same turn as this one, itself too. */
export function siblingsOf(turns: readonly Turn[], turn: Turn): Turn[] {
  const source = sourceOf(turns, turn);
  return turns.filter((one) => sourceOf(turns, one) === source);
}

/** The newest turn at the end of the branch that this one begins. */
export function tipOf(turns: readonly Turn[], turn: Turn): Turn {
  const later = turns.filter((one) => sourceOf(turns, one) === turn);
  const newest = later.reduce<Turn | undefined>((best, one) => (best && best.created_at > one.created_at ? best : one), undefined);
  return newest ? tipOf(turns, newest) : turn;
}

export function turnWith(turns: readonly Turn[], picture: string | null): Turn | undefined {
  return picture === null ? undefined : turns.find((turn) => turn.images.some((one) => one.id === picture));
}

/** The picture that the next turn of a line goes on from: the one asked for, else the first of the last turn that has any. */
export function pictureAt(line: readonly Turn[], asked: string | null): TurnPicture | undefined {
  const withPictures = line.filter((turn) => turn.images.length > 0);
  return withPictures.flatMap((turn) => turn.images).find((picture) => picture.id === asked) ?? withPictures.at(-1)?.images[0];
}
