import { describe, expect, it } from 'vitest';
import type { Turn } from './session';
import { lineTo, pictureAt, siblingsOf, tipOf, twigsOf, turnWith } from './tree';

const turn = (id: string, from: string | null, pictures: string[], at: number) => ({ id, from_image_id: from, images: pictures.map((one) => ({ id: one })), created_at: at }) as Turn;

const first = turn('1', null, ['a'], 1);
const night = turn('2', 'a', ['b', 'b_2'], 2);
const snow = turn('3', 'a', ['c'], 3);
const stars = turn('4', 'b_2', [], 4);
const turns = [first, night, snow, stars];

describe('the tree of a session', () => {
  it('has a branch where a turn went on from an earlier picture', () => {
    const [root] = twigsOf(turns);
    expect(root?.children.map((twig) => twig.turn.id)).toEqual(['2', '3']);
    expect(root?.children[0]?.children.map((twig) => twig.turn.id)).toEqual(['4']);
  });

  it('takes a turn for a root whose picture is not there', () => {
    expect(twigsOf([night, snow]).map((twig) => twig.turn.id)).toEqual(['2', '3']);
  });

  it('tells the line to a turn, and the branches beside it', () => {
    expect(lineTo(turns, stars).map((one) => one.id)).toEqual(['1', '2', '4']);
    expect(siblingsOf(turns, night).map((one) => one.id)).toEqual(['2', '3']);
    expect(tipOf(turns, night)).toBe(stars);
    expect(turnWith(turns, 'b_2')).toBe(night);
  });

  it('goes on from the picture asked for, else from the last there is', () => {
    expect(pictureAt(lineTo(turns, night), 'b_2')?.id).toBe('b_2');
    expect(pictureAt(lineTo(turns, stars), null)?.id).toBe('b');
    expect(pictureAt([], null)).toBeUndefined();
  });
});
