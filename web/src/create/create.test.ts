import { expect, test } from 'vitest';
import type { Model, Video } from '../api/types';
import { settingsOf } from '../video/stills';
import { placed } from './fitting';
import { allowsSeconds, allowsSize, fitTo, matches, parseSize, sizesOf } from './rules';
import { fieldsOf, newKey } from './submit';

const model = {
  id: 'x/y',
  title: 'Why',
  kinds: ['video'],
  sizes: { allowed: ['1280x720', '720x1280'], default: '1280x720' },
  durations: { allowed: [4, 8], default: 8 },
  negative_prompt: false,
  seed: true,
  audio: 'none',
  options: [{ name: 'watermark', type: 'flag' }],
} as unknown as Model;
const wish = { prompt: ' A cat ', model: 'x/y', size: '1280x720', seconds: '4', negative: 'dogs', seed: '7', audio: true, maxCost: '', options: { watermark: 'false', other: '1' } };

test('only what the model can do is sent', () => {
  expect(fieldsOf(wish, model)).toEqual({ prompt: 'A cat', model: 'x/y', size: '1280x720', seconds: '4', seed: 7, options: { watermark: 'false' } });
  expect(fieldsOf({ ...wish, maxCost: '0.5' }, { ...model, negative_prompt: true, audio: 'switch' })).toMatchObject({ negative_prompt: 'dogs', audio: true, max_cost_usd: 0.5 });
});

test('settings of a video carry its options into the form', () => {
  const video = { prompt: 'A cat', size: null, seconds: null, has_audio: null, kinora: { model: 'x/y', options: { watermark: 'false' } } } as unknown as Video;
  expect(settingsOf(video)).toMatchObject({ prompt: 'A cat', model: 'x/y', options: { watermark: 'false' } });
});

test('another model keeps what it can do too, and else has its defaults', () => {
  expect(fitTo(model, { size: '720x1280', seconds: '4' })).toEqual({ size: '720x1280', seconds: '4' });
  expect(fitTo(model, { size: '640x360', seconds: '5' })).toEqual({ size: '1280x720', seconds: '8' });
});

test('sizes are checked by list or by range', () => {
  const range = { min_side: 128, max_side: 2_000, step: 2, max_ratio: 3, max_pixels: 2_100_000, default: '1280x720' };
  expect(allowsSize(range, '1920x1080')).toBe(true);
  expect(allowsSize(range, '1921x1080')).toBe(false);
  expect(allowsSize(range, '2000x1080')).toBe(false);
  expect(allowsSize(range, '1280x300')).toBe(false);
  expect(allowsSize(model.sizes, '640x360')).toBe(false);
  expect(allowsSize(range, 'large')).toBe(false);
  expect(sizesOf(range)).toContain('720x1280');
  expect(parseSize('1280x720')).toEqual({ width: 1280, height: 720 });
});

test('lengths are checked by list or by range', () => {
  expect(allowsSeconds({ min: 1, max: 60, default: 8, whole: true }, 2.5)).toBe(false);
  expect(allowsSeconds({ min: 1, max: 60, default: 8 }, 2.5)).toBe(true);
  expect(allowsSeconds(model.durations, 5)).toBe(false);
  expect(allowsSeconds(null, Number.NaN)).toBe(false);
});

test('a picture is cropped, padded or stretched into the frame', () => {
  const [square, frame] = [{ width: 100, height: 100 }, { width: 200, height: 100 }];
  expect(placed(square, frame, 'crop')).toEqual({ x: 0, y: -50, width: 200, height: 200 });
  expect(placed(square, frame, 'pad')).toEqual({ x: 50, y: 0, width: 100, height: 100 });
  expect(placed(square, frame, 'stretch')).toEqual({ x: 0, y: 0, width: 200, height: 100 });
});

test('models are found by all words of what is typed', () => {
  expect(matches(model, 'WHY x/')).toBe(true);
  expect(matches(model, 'why not')).toBe(false);
});

test('keys of requests differ', () => {
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/);
  expect(newKey()).not.toBe(newKey());
});
