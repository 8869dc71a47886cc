import type { Model } from '../api/types';
import { matches } from '../create/rules';

export const abilities = ['first', 'last', 'references', 'negative', 'seed', 'audio', 'remix', 'edit', 'extend', 'cancel', 'mask', 'transparent', 'several'] as const;
export type Ability = (typeof abilities)[number];

const tests: Record<Ability, (model: Model) => boolean> = {
  first: (model) => model.first_frame,
  last: (model) => model.last_frame,
  references: (model) => model.max_references > 0,
  negative: (model) => model.negative_prompt,
  seed: (model) => model.seed,
  audio: (model) => model.audio === 'always' || model.audio === 'switch',
  remix: (model) => model.remix,
  edit: (model) => model.edit,
  extend: (model) => model.extend,
  cancel: (model) => model.cancel,
  mask: (model) => model.image?.mask === true,
  transparent: (model) => model.image?.transparent === true,
  several: (model) => (model.image?.max_count ?? 1) > 1,
};

export const can = (model: Model, ability: Ability) => tests[ability](model);

export function fits(model: Model, { text, kind, wanted }: { text: string; kind: string; wanted: readonly Ability[] }): boolean {
  return matches(model, text) && (kind === '' || (model.kinds as string[]).includes(kind)) && wanted.every((ability) => can(model, ability));
}
