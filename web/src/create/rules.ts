import type { DurationRule, Model, SizeRule } from '../api/types';

export interface Size {
  width: number;
  height: number;
}

export function parseSize(text: string | null | undefined): Size | null {
  const found = /^(\d{1,5})x(\d{1,5})$/.exec(text?.trim() ?? '');
  return found ? { width: Number(found[1]), height: Number(found[2]) } : null;
}

export const sizeText = (size: Size) => `${size.width}x${size.height}`;

const usual = ['1280x720', '1920x1080', '720x1280', '1080x1920', '1024x1024', '854x480', '640x360'];

/** The sizes to choose from: a model's own, or the usual ones of those that its rule allows, its default first. */
export function sizesOf(rule: SizeRule | null | undefined): string[] {
  if (!rule) return [];
  if (rule.allowed?.length) return rule.allowed;
  return [...new Set([rule.default, ...usual])].filter((text) => allowsSize(rule, text));
}

export function allowsSize(rule: SizeRule | null | undefined, text: string): boolean {
  const size = parseSize(text);
  if (!size) return false;
  if (!rule) return true;
  if (rule.allowed?.length) return rule.allowed.includes(sizeText(size));
  const [short, long] = [Math.min(size.width, size.height), Math.max(size.width, size.height)];
  const step = rule.step ?? 1;
  const pixels = size.width * size.height;
  return (
    short >= (rule.min_side ?? 1) &&
    long <= (rule.max_side ?? 99_999) &&
    size.width % step === 0 &&
    size.height % step === 0 &&
    pixels >= (rule.min_pixels ?? 0) &&
    (!rule.max_pixels || pixels <= rule.max_pixels) &&
    (!rule.max_ratio || long <= rule.max_ratio * short)
  );
}

export function allowsSeconds(rule: DurationRule | null | undefined, seconds: number): boolean {
  if (!Number.isFinite(seconds) || seconds <= 0) return false;
  if (!rule) return true;
  if (rule.allowed?.length) return rule.allowed.includes(seconds);
  return seconds >= (rule.min ?? 0) && seconds <= (rule.max ?? Number.POSITIVE_INFINITY) && (!rule.whole || Number.isInteger(seconds));
}

/** What a form may keep of a wish when another model is chosen: the wish where that model can do it, else its default. */
export function fitTo(model: Model, wish: { size: string; seconds: string }): { size: string; seconds: string } {
  return {
    size: !model.sizes ? wish.size : allowsSize(model.sizes, wish.size) ? wish.size : model.sizes.default,
    seconds: !model.durations ? wish.seconds : allowsSeconds(model.durations, Number(wish.seconds)) ? wish.seconds : String(model.durations.default),
  };
}

/** The words under which a model is found. */
export function matches(model: Model, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const all = `${model.id} ${model.title}`.toLowerCase();
  return words.every((word) => all.includes(word));
}
