// What a program with Vercel's AI SDK sends to MiniMax. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createMiniMax } from '@ai-sdk/minimax';

const [baseURL, folder] = process.argv.slice(2);
const minimax = createMiniMax({ baseURL, videoBaseURL: baseURL, apiKey: process.env.VENDOR_KEY });
const picture = async name => ({ type: 'file', mediaType: 'image/png', data: new Uint8Array(await readFile(join(folder, name))) });
const ask = async (model, wish) => {
  const video = minimax.video(model);
  const { operation, warnings } = await video.doStart({ n: 1, providerOptions: { minimax: { aigcWatermark: false } }, ...wish });
  if (warnings.some(warning => warning.feature !== 'aspectRatio')) throw new Error(JSON.stringify(warnings));
  for (;;) {
    const look = await video.doStatus({ operation });
    if (look.status === 'completed') return look.videos[0].url;
    if (look.status === 'error') throw new Error(look.error);
  }
};

await ask('MiniMax-H3', { prompt: 'a quiet harbour', duration: 4, aspectRatio: '16:9', resolution: '1366x768' });
await ask('MiniMax-H3', { prompt: 'it comes alive', duration: 5, aspectRatio: '9:16', resolution: '768x1366', frameImages: [{ frameType: 'first_frame', image: await picture('one.png') }] });
await ask('MiniMax-H3', {
  prompt: 'from here to there', duration: 4, aspectRatio: '16:9', resolution: '2560x1440',
  frameImages: [{ frameType: 'first_frame', image: await picture('one.png') }, { frameType: 'last_frame', image: await picture('two.png') }],
});
await ask('MiniMax-H3', { prompt: 'these two dance', duration: 4, aspectRatio: '1:1', resolution: '2048x2048', inputReferences: [await picture('one.png'), await picture('two.png')] });
await ask('MiniMax-H3-Max', { prompt: 'a small one', duration: 5, aspectRatio: '4:3', resolution: '640x480' });
