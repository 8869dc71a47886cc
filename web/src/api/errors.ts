/** One field of a request that was found wanting. */
export interface FieldFault {
  field: string;
  code: string;
  message: string;
}

/** A refusal in the server's own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  /** What can be done about it, as the server says. */
  readonly suggestion: string | null;
  readonly faults: FieldFault[];
  readonly retryAfterSeconds: number | null;

  constructor(status: number, said: Record<string, unknown>, retryAfter: string | null = null) {
    super(textOf(said.error) ?? `The server answered with status ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.code = textOf(said.code) ?? `http_${status}`;
    this.requestId = textOf(said.request_id);
    this.suggestion = textOf(said.suggestion);
    this.faults = Array.isArray(said.faults) ? said.faults.filter(isFault) : [];
    const seconds = Number(retryAfter ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : null;
  }

  /** Whatever stands between may have answered instead of the server: then there is no JSON to read. */
  static async of(reply: Response): Promise<ApiError> {
    const said: unknown = await reply.json().catch(() => null);
    return new ApiError(reply.status, typeof said === 'object' && said !== null ? (said as Record<string, unknown>) : {}, reply.headers.get('Retry-After'));
  }
}

/** There was no answer: the server is down, or the network is. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable');
    this.name = 'Unreachable';
  }
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

function isFault(value: unknown): value is FieldFault {
  return typeof value === 'object' && value !== null && typeof (value as FieldFault).field === 'string' && typeof (value as FieldFault).message === 'string';
}
