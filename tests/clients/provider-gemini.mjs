// What a program with Google's own SDK sends for videos. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GoogleGenAI } from '@google/genai';

const [baseUrl, folder] = process.argv.slice(2);
const ai = new GoogleGenAI({ apiKey: process.env.VENDOR_KEY, httpOptions: { baseUrl, apiVersion: 'v1beta' } });
const text = words => ({ type: 'text', text: words });
const image = async name => ({ type: 'image', mime_type: 'image/png', data: (await readFile(join(folder, name))).toString('base64') });
const ask = async (model, input, task, format, more = {}) => {
  const { seed, ...rest } = more;
  let made = await ai.interactions.create({
    model, input, background: true, store: true,
    response_format: { type: 'video', delivery: 'uri', ...format },
    generation_config: { ...(seed === undefined ? {} : { seed }), video_config: { task } },
    ...rest,
  });
  while (!['completed', 'failed', 'cancelled'].includes(made.status)) made = await ai.interactions.get(made.id);
  if (made.status !== 'completed') throw new Error(JSON.stringify(made));
  return made.id;
};

const full = 'gemini-omni-1.2-flash';
const wide = { aspect_ratio: '16:9', resolution: '720p' };
const first = await ask(full, [text('a quiet harbour')], 'text_to_video', { ...wide, duration: '4s' }, { seed: 7 });
await ask('gemini-omni-1.1-flash', [text('from here to there'), await image('one.png'), await image('two.png')], 'image_to_video', { aspect_ratio: '9:16', resolution: '360p', duration: '3s' });
await ask(full, [text('these two dance'), await image('one.png'), await image('two.png')], 'reference_to_video', { ...wide, duration: '3s' });
await ask(full, [text('add a scarf')], 'edit', {}, { previous_interaction_id: first });
await ask(full, [text('it flies away')], 'extend', { duration: '5s' }, { previous_interaction_id: first });
await ask(full, [text('the same at night')], 'edit', {}, { previous_interaction_id: first });

const { id } = await ai.interactions.create({
  model: full, input: [text('never mind [lab:queued=9]')], background: true, store: true,
  response_format: { type: 'video', delivery: 'uri', ...wide, duration: '3s' }, generation_config: { video_config: { task: 'text_to_video' } },
});
if ((await ai.interactions.cancel(id)).status !== 'cancelled') throw new Error('not cancelled');
