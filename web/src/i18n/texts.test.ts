import { expect, test } from 'vitest';
import en from './en';
import zh from './zh';

function flat(texts: object, before = ''): Map<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [[before + key, value] as [string, string]] : [...flat(value as object, `${before}${key}.`)])));
}

const [english, chinese] = [flat(en), flat(zh)];
const places = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((found) => found[1]).sort();

test('both languages have the same keys', () => {
  expect([...chinese.keys()]).toEqual([...english.keys()]);
});

test('both languages have the same places to fill', () => {
  for (const [key, text] of english) expect(places(chinese.get(key) ?? ''), key).toEqual(places(text));
});

test('nothing is empty, and nothing of the Chinese is left in English but names', () => {
  for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('');
  const same = [...english].filter(([key, text]) => chinese.get(key) === text && /[a-z]{4,} [a-z]{2,}/i.test(text));
  expect(same).toEqual([]);
});
