import { describe, expect, it } from 'vitest';
import type { Model } from '../api/types';
import { abilities, can, fits } from './abilities';

const model = { id: 'lab/one', title: 'The first', kinds: ['video'], first_frame: true, max_references: 2, audio: 'unknown', seed: false, image: null } as unknown as Model;

describe('what a model can do', () => {
  it('is what it says, and nothing that is only unknown', () => {
    expect(abilities.filter((ability) => can(model, ability))).toEqual(['first', 'references']);
  });

  it('must all be there', () => {
    const all = { text: '', kind: '', wanted: [] };
    expect(fits(model, all)).toBe(true);
    expect(fits(model, { ...all, wanted: ['first', 'references'] })).toBe(true);
    expect(fits(model, { ...all, wanted: ['first', 'seed'] })).toBe(false);
    expect(fits(model, { ...all, kind: 'image' })).toBe(false);
    expect(fits(model, { ...all, text: 'FIRST lab' })).toBe(true);
  });
});
