// What a program with OpenRouter's own SDK sends. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OpenRouter } from '@openrouter/sdk';

const [serverURL, folder] = process.argv.slice(2);
const router = new OpenRouter({ serverURL, apiKey: process.env.VENDOR_KEY });
const picture = async (name, more) => ({
  type: 'image_url', imageUrl: { url: 'data:image/png;base64,' + (await readFile(join(folder, name))).toString('base64') }, ...more,
});
const ask = async videoGenerationRequest => {
  const { id } = await router.videoGeneration.generate({ videoGenerationRequest });
  for (;;) {
    const look = await router.videoGeneration.getGeneration({ jobId: id });
    if (['completed', 'failed', 'cancelled', 'expired'].includes(look.status)) return;
  }
};

await router.videoGeneration.listVideosModels({});
await router.images.listModels({});
await ask({ model: 'lab/reel', prompt: 'a quiet harbour', duration: 4, resolution: '480p', aspectRatio: '1:1', seed: 7, generateAudio: false });
await ask({
  model: 'lab/reel', prompt: 'from here to there', duration: 5, resolution: '1080p', aspectRatio: '9:16',
  frameImages: [await picture('one.png', { frameType: 'first_frame' }), await picture('two.png', { frameType: 'last_frame' })],
});
await ask({ model: 'lab/film', prompt: 'these two dance', duration: 1, size: '320x180', inputReferences: [await picture('one.png'), await picture('two.png')] });
await router.images.generate({ imageGenerationRequest: { model: 'lab/painter', prompt: 'a fox', size: '1024x1024' } });
await router.images.generate({
  imageGenerationRequest: {
    model: 'lab/painter', prompt: 'a fox in snow', n: 2, seed: 7, quality: 'low', background: 'transparent', outputFormat: 'webp', size: '1024x1024',
    inputReferences: [await picture('one.png')],
  },
});
