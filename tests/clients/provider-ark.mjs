// What a program with Vercel's AI SDK sends to ModelArk. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createByteDance } from '@ai-sdk/bytedance';

const [baseURL, folder] = process.argv.slice(2);
const ark = createByteDance({ baseURL, apiKey: process.env.VENDOR_KEY });
const picture = async name => ({ type: 'file', mediaType: 'image/png', data: new Uint8Array(await readFile(join(folder, name))) });
const ask = async (model, { options = {}, ...wish }) => {
  const bytedance = { watermark: false, pollIntervalMs: 1, ...options };
  const made = await ark.video(model).doGenerate({ n: 1, providerOptions: { bytedance }, ...wish });
  return made.videos[0].url;
};

const full = 'dreamina-seedance-2-5-260628';
const first = await ask(full, { prompt: 'a quiet harbour', duration: 4, aspectRatio: '16:9', resolution: '1280x720', seed: 7 });
await ask(full, {
  prompt: 'from here to there', duration: 5, aspectRatio: 'adaptive', resolution: '1920x1080', generateAudio: false,
  frameImages: [{ frameType: 'first_frame', image: await picture('one.png') }, { frameType: 'last_frame', image: await picture('two.png') }],
});
await ask('dreamina-seedance-2-0-260128', {
  prompt: 'these two dance', duration: 4, aspectRatio: '1:1', resolution: '640x640', generateAudio: true,
  inputReferences: [await picture('one.png'), await picture('two.png')],
});
await ask('seedance-1-0-pro-250528', { prompt: 'it comes alive', duration: 2, aspectRatio: '9:16', resolution: '496x864', image: await picture('one.png') });
await ask(full, {
  prompt: 'Edit @video1: add a scarf', duration: -1, aspectRatio: 'adaptive', resolution: '1280x720', options: { omni_reference_task_type: 'edit' },
  inputReferences: [{ type: 'url', url: first, mediaType: 'video/mp4' }],
});
