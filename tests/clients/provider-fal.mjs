// What a program with fal's own client sends. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFalClient } from '@fal-ai/client';

const [baseURL, folder] = process.argv.slice(2);
const fal = createFalClient({
  credentials: process.env.VENDOR_KEY,
  // It has no setting for the address; a middleware may change where a request goes.
  requestMiddleware: async request => ({ ...request, url: request.url.replace('https://queue.fal.run', baseURL) }),
});
const picture = async name => `data:image/png;base64,${(await readFile(join(folder, name))).toString('base64')}`;
const submit = (endpoint, input, webhookUrl) => fal.queue.submit(endpoint, { input, webhookUrl });
const make = async (endpoint, input, webhookUrl) => {
  const { request_id: requestId } = await submit(endpoint, input, webhookUrl);
  while ((await fal.queue.status(endpoint, { requestId })).status !== 'COMPLETED');
  const { data } = await fal.queue.result(endpoint, { requestId });
  if (!(data.video ?? data.images[0]).url) throw new Error('no link');
};

const [one, two] = [await picture('one.png'), await picture('two.png')];
await make('fal-ai/veo3.1', { prompt: 'a quiet harbour', duration: '4s', aspect_ratio: '9:16', resolution: '720p', generate_audio: false, negative_prompt: 'people', seed: 7 });
await make('fal-ai/veo3.1/first-last-frame-to-video', { prompt: 'from here to there', first_frame_url: one, last_frame_url: two, duration: '4s', aspect_ratio: '16:9', resolution: '720p' });
await make('fal-ai/kling-video/v3/standard/image-to-video', { prompt: 'it moves', start_image_url: one, duration: '3', generate_audio: true });
await make('fal-ai/kling-video/v2.5-turbo/pro/image-to-video', { prompt: 'there and back', image_url: one, tail_image_url: two, duration: '5' });
await make('fal-ai/pixverse/v6/text-to-video', { prompt: 'a lighthouse', duration: 1, aspect_ratio: '16:9', resolution: '360p', seed: 9 }, 'https://kinora.example/callbacks/1?x=y&z=1');
await make('xai/grok-imagine-video/reference-to-video', { prompt: 'these two dance', reference_image_urls: [one, two], duration: 1, aspect_ratio: '1:1', resolution: '480p' });
await make('fal-ai/minimax/hailuo-2.3/pro/text-to-video', { prompt: 'rain' });
await make('fal-ai/bytedance/seedream/v4.5/text-to-image', { prompt: 'two boats', image_size: { width: 2048, height: 2048 }, num_images: 2, seed: 3 });
await make('fal-ai/qwen-image-2/edit', { prompt: 'make it night', image_urls: [one, two], image_size: { width: 1024, height: 1024 }, output_format: 'webp', negative_prompt: 'stars' });

const last = await submit('fal-ai/pixverse/v6/text-to-video', { prompt: 'stop this', duration: 1, aspect_ratio: '16:9', resolution: '360p' });
await fal.queue.cancel('fal-ai/pixverse/v6/text-to-video', { requestId: last.request_id });
