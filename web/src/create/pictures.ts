import type { Size } from './rules';
import type { Fit } from './fitting';

/** A picture that was picked, with an address to show it by. */
export interface Picture {
  id: number;
  file: File;
  url: string;
  size: Size;
  fit: Fit;
}

export const mostBytes = 20_000_000;
export const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];

export type PictureFault = { kind: 'notPicture' | 'tooLarge'; name: string };

let last = 0;

/** Reads what was dropped, pasted or chosen; a fault says why it cannot be used. */
export async function readPicture(file: File): Promise<Picture | PictureFault> {
  if (!pictureTypes.includes(file.type)) return { kind: 'notPicture', name: file.name };
  if (file.size > mostBytes) return { kind: 'tooLarge', name: file.name };
  try {
    const bitmap = await createImageBitmap(file);
    const size = { width: bitmap.width, height: bitmap.height };
    bitmap.close();
    return { id: ++last, file, url: URL.createObjectURL(file), size, fit: 'crop' };
  } catch {
    return { kind: 'notPicture', name: file.name };
  }
}

export const isFault = (read: Picture | PictureFault): read is PictureFault => 'kind' in read;

export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files] : [];
}
