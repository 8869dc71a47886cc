import { ApiError, Unreachable } from './errors';
import type { paths } from './schema';
import { setReachable } from './reachable';

type Method = 'get' | 'post' | 'patch' | 'delete';
type Operation<P extends keyof paths, M extends Method> = M extends keyof paths[P] ? paths[P][M] : never;
type Part<O, Name extends string> = O extends { parameters: { [K in Name]?: infer V } } ? V : never;
type Body<O> = O extends { requestBody?: { content: { 'application/json': infer B } } } ? B : never;

/** What an operation answers. */
export type Answer<O> = O extends { responses: { 200: { content: { 'application/json': infer R } } } } ? R : never;

/** The paths that have a method. */
export type PathsWith<M extends Method> = { [P in keyof paths]: Operation<P, M> extends { responses: unknown } ? P : never }[keyof paths];

interface Asked<O> {
  path?: Part<O, 'path'>;
  query?: Part<O, 'query'>;
  body?: Body<O> | FormData;
  /** Sent with creates: the same key is the same job, and never paid twice. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /** The page may go away before the answer. */
  keepalive?: boolean;
}

/** Calls one operation of the API. Throws an ApiError for every refusal, and Unreachable when there was no answer at all. */
async function call<O>(method: Method, path: string, asked: Asked<O>): Promise<Answer<O>> {
  const form = asked.body instanceof FormData;
  const headers: Record<string, string> = {};
  if (asked.body !== undefined && !form) headers['Content-Type'] = 'application/json';
  if (asked.idempotencyKey) headers['Idempotency-Key'] = asked.idempotencyKey;

  let reply: Response;
  try {
    reply = await fetch(addressOf(path, asked.path as Words | undefined, asked.query as Words | undefined), {
      method: method.toUpperCase(),
      headers,
      body: form ? (asked.body as FormData) : asked.body === undefined ? undefined : JSON.stringify(asked.body),
      signal: asked.signal,
      keepalive: asked.keepalive,
      credentials: 'same-origin',
    });
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault;
    setReachable(false);
    throw new Unreachable();
  }

  setReachable(true);
  if (!reply.ok) throw await ApiError.of(reply);
  return (await reply.json()) as Answer<O>;
}

type Words = Record<string, string | number | boolean | null | undefined>;

export function addressOf(path: string, parts: Words = {}, query: Words = {}): string {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parts[name])));
  const words = Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return words.length === 0 ? address : `${address}?${new URLSearchParams(words.map(([name, value]) => [name, String(value)])).toString()}`;
}

export const api = {
  get: <P extends PathsWith<'get'>>(path: P, asked: Asked<Operation<P, 'get'>> = {}) => call<Operation<P, 'get'>>('get', path, asked),
  post: <P extends PathsWith<'post'>>(path: P, asked: Asked<Operation<P, 'post'>> = {}) => call<Operation<P, 'post'>>('post', path, asked),
  patch: <P extends PathsWith<'patch'>>(path: P, asked: Asked<Operation<P, 'patch'>> = {}) => call<Operation<P, 'patch'>>('patch', path, asked),
  delete: <P extends PathsWith<'delete'>>(path: P, asked: Asked<Operation<P, 'delete'>> = {}) => call<Operation<P, 'delete'>>('delete', path, asked),
};
