import { ApiError, Unreachable } from '../api/errors';

/** The file of a picture. */
export async function blobOf(url: string): Promise<Blob> {
  let reply: Response;
  try {
    reply = await fetch(url, { credentials: 'same-origin' });
  } catch {
    throw new Unreachable();
  }
  if (!reply.ok) throw await ApiError.of(reply);
  return reply.blob();
}
