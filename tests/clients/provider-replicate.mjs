// What a program with Replicate's own client sends. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Replicate from 'replicate';

const [baseUrl, folder] = process.argv.slice(2);
const replicate = new Replicate({ auth: process.env.VENDOR_KEY, baseUrl });
const picture = async name => `data:image/png;base64,${(await readFile(join(folder, name))).toString('base64')}`;
const make = async options => {
  const made = await replicate.predictions.create(options);
  for (;;) {
    const look = await replicate.predictions.get(made.id);
    if (look.status === 'succeeded') return look.output;
    if (look.status === 'failed') throw new Error(look.error);
  }
};

const [one, two] = [await picture('one.png'), await picture('two.png')];
await make({ model: 'google/veo-3.1', input: { prompt: 'from here to there', image: one, last_frame: two, duration: 4, aspect_ratio: '9:16', resolution: '720p', generate_audio: false, negative_prompt: 'people', seed: 7 } });
await make({
  model: 'bytedance/seedance-1-lite', input: { prompt: 'a lighthouse', duration: 2, aspect_ratio: '16:9', resolution: '480p' },
  webhook: 'https://kinora.example/callbacks/1?x=y', webhook_events_filter: ['completed'],
});
await make({ model: 'minimax/hailuo-2.3', input: { prompt: 'rain', first_frame_image: one, duration: 6, resolution: '768p' } });
await make({ model: 'kwaivgi/kling-v2.5-turbo-pro', input: { prompt: 'it moves', start_image: one, duration: 5, aspect_ratio: '1:1' } });
await make({ model: 'google/nano-banana-2', input: { prompt: 'make it night', image_input: [one, two], aspect_ratio: '3:2', output_format: 'jpg' } });
await make({ version: 'a'.repeat(64), input: { prompt: 'by version', aspect_ratio: '16:9', resolution: '480p', duration: 1 } });

const last = await replicate.predictions.create({ model: 'bytedance/seedance-1-lite', input: { prompt: 'stop this', duration: 2, aspect_ratio: '16:9', resolution: '480p' } });
await replicate.predictions.cancel(last.id);
await replicate.webhooks.default.secret.get();
