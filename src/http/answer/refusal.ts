// What a route answers when it cannot do what was asked: a value that becomes a problem document (RFC 9457).

export const PROBLEMS = {
  'bad-request': 400,
  'sign-in-needed': 401,
  'not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'too-large': 413,
  'wrong-content-type': 415,
  'too-many-requests': 429,
  internal: 500,
  'crm-failed': 502,
  unavailable: 503,
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

export class Refusal {
  readonly code: ProblemCode;
  /** One sentence; no secret, and nothing of a person but what the caller sent. */
  readonly detail: string;
  readonly more: RefusalDetails;

  constructor(code: ProblemCode, detail: string, more: RefusalDetails = {}) {
    this.code = code;
    this.detail = detail;
    this.more = more;
  }
}

export interface RefusalDetails {
  /** What to do about it. */
  readonly next?: string | undefined;
  /** Each part of the request that is wrong. */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
  readonly retryAfterMs?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(code: ProblemCode, detail: string, more: RefusalDetails = {}): Refusal {
  return new Refusal(code, detail, more);
}
