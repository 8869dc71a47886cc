// What a program with Runway's own SDK sends. Arguments: base URL, folder with one.png and two.png.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import RunwayML from '@runwayml/sdk';

const [baseURL, folder] = process.argv.slice(2);
const runway = new RunwayML({ baseURL, apiKey: process.env.VENDOR_KEY });
const picture = async name => 'data:image/png;base64,' + (await readFile(join(folder, name))).toString('base64');
const ends = ['SUCCEEDED', 'FAILED', 'CANCELLED'];
const ask = async (way, body) => {
  const { id } = await runway[way].create(body);
  for (;;) {
    const task = await runway.tasks.retrieve(id);
    if (ends.includes(task.status)) return task;
  }
};
const one = await picture('one.png');
const two = await picture('two.png');

const first = await ask('textToVideo', { model: 'gen4.5', promptText: 'a quiet harbour', ratio: '1280:720', duration: 5, seed: 7 });
await ask('imageToVideo', { model: 'gen4_turbo', promptText: 'the boat leaves', promptImage: [{ uri: one, position: 'first' }], ratio: '960:960', duration: 5 });
await ask('imageToVideo', {
  model: 'veo3.1', promptText: 'from here to there', promptImage: [{ uri: one, position: 'first' }, { uri: two, position: 'last' }],
  ratio: '1080:1920', duration: 4, audio: false, negativePrompt: 'rain',
});
await ask('textToVideo', { model: 'hailuo3', promptText: 'these two dance', ratio: '9:16', resolution: '768p', duration: 6, references: [{ uri: one }, { uri: two }] });
await ask('textToVideo', { model: 'grok_imagine_1_5', promptText: 'a meadow', ratio: '1:1', resolution: '480p', duration: 3 });
await ask('imageToVideo', { model: 'wan3', promptText: 'the door opens', promptImage: [{ uri: one, position: 'first' }], ratio: 'auto_1080p', duration: 5, audio: true });
await ask('videoToVideo', { model: 'aleph2', promptText: 'add a scarf', videoUri: first.output[0] });
await ask('videoToVideo', { model: 'seedance2_5', promptText: 'it flies away', promptVideo: first.output[0], mode: 'extend', duration: 4 });
await ask('videoToVideo', { model: 'seedance2_5', promptText: 'in winter', promptVideo: first.output[0], mode: 'edit', duration: 'auto' });
const last = await runway.textToVideo.create({ model: 'gen4.5', promptText: 'nobody wants it [lab:running=50]', ratio: '720:1280', duration: 2 });
await runway.tasks.retrieve(last.id);
await runway.tasks.delete(last.id);
