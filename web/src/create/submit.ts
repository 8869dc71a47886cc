import { api } from '../api/client';
import type { Model, Video } from '../api/types';
import { fitted } from './fitting';
import type { Picture } from './pictures';
import { parseSize } from './rules';
import type { Wish } from './useCreateForm';

export interface Pictures {
  first: Picture | null;
  last: Picture | null;
  references: Picture[];
}

/** Only what the model can do is sent: what was typed for another one stays behind. */
export function fieldsOf(wish: Wish, model: Model): Record<string, string | number | boolean | Record<string, string>> {
  const options = Object.fromEntries(Object.entries(wish.options).filter(([name, value]) => value !== '' && model.options?.some((option) => option.name === name)));
  return {
    prompt: wish.prompt.trim(),
    model: model.id,
    ...(wish.size ? { size: wish.size } : {}),
    ...(wish.seconds ? { seconds: wish.seconds } : {}),
    ...(model.negative_prompt && wish.negative.trim() ? { negative_prompt: wish.negative.trim() } : {}),
    ...(model.seed && wish.seed.trim() ? { seed: Number(wish.seed) } : {}),
    ...(model.audio === 'switch' || model.audio === 'unknown' ? { audio: wish.audio } : {}),
    ...(wish.maxCost.trim() ? { max_cost_usd: Number(wish.maxCost) } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

export async function createVideo(wish: Wish, model: Model, pictures: Pictures, idempotencyKey: string): Promise<Video> {
  const fields = fieldsOf(wish, model);
  const files = await filesOf(wish, model, pictures);
  if (files.length === 0) return (await api.post('/api/videos', { body: fields as never, idempotencyKey })) as Video;

  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object') Object.entries(value).forEach(([part, text]) => form.append(`${name}[${part}]`, text));
    else form.append(name, String(value));
  }
  for (const [name, blob] of files) form.append(name, blob, `${name}.${blob.type === 'image/jpeg' ? 'jpg' : blob.type === 'image/webp' ? 'webp' : 'png'}`);
  return (await api.post('/api/videos', { body: form, idempotencyKey })) as Video;
}

async function filesOf(wish: Wish, model: Model, { first, last, references }: Pictures): Promise<[string, Blob][]> {
  const frame = parseSize(wish.size);
  const files: [string, Blob][] = [];
  if (model.first_frame && first) files.push(['first_frame', await fitted(first.file, frame, first.fit)]);
  if (model.last_frame && last) files.push(['last_frame', await fitted(last.file, frame, last.fit)]);
  for (const reference of references.slice(0, model.max_references)) files.push(['reference_images', reference.file]);
  return files;
}

/** A key for the same request sent again: a double click or a broken line makes one video. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
