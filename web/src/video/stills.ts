import type { Video } from '../api/types';
import type { Handover } from '../create/handover';

/** The frame that a film shows just now, in full size; null when there is none, or the film cannot be loaded. */
export async function stillOf(film: HTMLVideoElement): Promise<Blob | null> {
  film.pause();
  if (film.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) {
    film.load();
    const loaded = await new Promise<boolean>((resolve) => {
      film.addEventListener('loadeddata', () => resolve(true), { once: true });
      film.addEventListener('error', () => resolve(false), { once: true });
    });
    if (!loaded) return null;
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [film.videoWidth, film.videoHeight];
  const context = canvas.getContext('2d');
  if (!context || canvas.width === 0) return null;
  context.drawImage(film, 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Everything of a video that the form can be given. */
export function settingsOf(video: Video): Handover {
  return {
    prompt: video.prompt,
    model: video.kinora.model,
    size: video.size ?? undefined,
    seconds: video.seconds ?? undefined,
    negative: video.kinora.negative_prompt,
    seed: video.kinora.seed,
    options: video.kinora.options,
    audio: video.has_audio === null ? undefined : video.has_audio === 1,
  };
}
