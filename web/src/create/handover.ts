/** What another page gives to the form: settings of a video, or a still of one. Kept in memory alone, and taken once. */
export interface Handover {
  prompt?: string;
  model?: string;
  size?: string;
  seconds?: string;
  negative?: string;
  seed?: number;
  audio?: boolean;
  /** Of the model, by name. */
  options?: Record<string, string>;
  firstFrame?: Blob;
}

let waiting: Handover | null = null;

export function handOver(what: Handover): void {
  waiting = what;
}

export function takeHandover(): Handover | null {
  const taken = waiting;
  waiting = null;
  return taken;
}
