import type { Size } from './rules';

export type Fit = 'crop' | 'pad' | 'stretch';

/** Where a picture is drawn in a frame, in pixels of the frame; what is outside is cut off, what stays free is black. */
export function placed(picture: Size, frame: Size, fit: Fit): { x: number; y: number; width: number; height: number } {
  if (fit === 'stretch') return { x: 0, y: 0, ...frame };
  const [across, down] = [frame.width / picture.width, frame.height / picture.height];
  const scale = fit === 'crop' ? Math.max(across, down) : Math.min(across, down);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

/** The picture exactly as large as the frame. Cropping is what the server does anyway: then the file stays as it is. */
export async function fitted(file: Blob, frame: Size | null, fit: Fit): Promise<Blob> {
  if (fit === 'crop' || !frame) return file;
  const bitmap = await createImageBitmap(file);
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [frame.width, frame.height];
  const context = canvas.getContext('2d');
  if (!context) return file;
  context.fillStyle = '#000';
  context.fillRect(0, 0, frame.width, frame.height);
  const { x, y, width, height } = placed(bitmap, frame, fit);
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, x, y, width, height);
  bitmap.close();
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/png'));
}
