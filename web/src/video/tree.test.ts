import { expect, test } from 'vitest';
import type { Video } from '../api/types';
import { treeOf } from './tree';

const video = (id: string, remix_of: string | null) => ({ id, remix_of }) as Video;

test('videos hang below what they were made from, and those whose source is gone stand by themselves', () => {
  const tree = treeOf([video('a', null), video('b', 'a'), video('c', 'a'), video('d', 'b'), video('e', 'gone')]);
  expect(tree.map((branch) => branch.video.id)).toEqual(['a', 'e']);
  expect(tree[0]?.children.map((branch) => branch.video.id)).toEqual(['b', 'c']);
  expect(tree[0]?.children[0]?.children.map((branch) => branch.video.id)).toEqual(['d']);
});
