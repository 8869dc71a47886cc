// What a program with Vercel's AI SDK sends to xAI. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createXai } from '@ai-sdk/xai';

const [baseURL, folder] = process.argv.slice(2);
const xai = createXai({ baseURL, apiKey: process.env.VENDOR_KEY });
const picture = async name => ({ type: 'file', mediaType: 'image/png', data: new Uint8Array(await readFile(join(folder, name))) });
const ask = async (model, wish) => {
  const video = xai.video(model);
  const { operation } = await video.doStart({ n: 1, providerOptions: {}, ...wish });
  for (;;) {
    const look = await video.doStatus({ operation });
    if (look.status === 'completed') return look.videos[0].url;
    if (look.status === 'error') throw new Error(look.error);
  }
};

const full = 'grok-imagine-video-1.5';
const first = await ask(full, { prompt: 'a quiet harbour', duration: 2, aspectRatio: '16:9', resolution: '854x480' });
await ask(full, {
  prompt: 'from here to there', duration: 3, aspectRatio: '9:16', generateAudio: false, providerOptions: { xai: { resolution: '1080p' } },
  frameImages: [{ frameType: 'first_frame', image: await picture('one.png') }, { frameType: 'last_frame', image: await picture('two.png') }],
});
await ask('grok-imagine-video', {
  prompt: 'these two dance', duration: 1, aspectRatio: '1:1', generateAudio: true, resolution: '1280x720',
  inputReferences: [await picture('one.png'), await picture('two.png')],
});
await ask(full, { prompt: 'add a scarf', providerOptions: { xai: { mode: 'edit-video', videoUrl: first } } });
await ask(full, { prompt: 'it flies away', duration: 4, providerOptions: { xai: { mode: 'extend-video', videoUrl: first } } });

const paint = wish => xai.image('grok-imagine-image-2.0').doGenerate({ n: 1, providerOptions: {}, ...wish });
await paint({ prompt: 'a fox', n: 2, aspectRatio: '4:3', providerOptions: { xai: { resolution: '1k', quality: 'low' } } });
await paint({ prompt: 'now in snow', aspectRatio: '1:1', files: [await picture('one.png')], providerOptions: { xai: { resolution: '1k' } } });
await paint({ prompt: 'both together', files: [await picture('one.png'), await picture('two.png')] });
