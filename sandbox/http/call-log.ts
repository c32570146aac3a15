// Remembers which calls a sandbox answered, so that call budgets can be asserted and shown.
// What counts as a read or a write is the vendor's to say; bodies are never kept.
import type { Request, RequestHandler } from 'express';

const CALL_KINDS = ['read', 'write', 'other'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

interface CallEntry {
  readonly at: Date;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** 0 when the connection was cut before an answer. */
  readonly status: number;
  readonly kind: CallKind;
  readonly durationMs: number;
}

export interface CallLog {
  /** The newest calls, oldest first, at most `limit`. */
  readonly entries: readonly CallEntry[];
  readonly middleware: RequestHandler;
  /** Calls of a kind, or all, since the start or the last reset, those no longer kept included. */
  count(kind?: CallKind): number;
  reset(): void;
}

export interface CallLogOptions {
  readonly classify?: (call: { readonly method: string; readonly path: string }) => CallKind;
  /** Calls kept; a run over 300,000 records makes some thousands. */
  readonly limit?: number;
}

const classifyByMethod = ({ method }: { readonly method: string }): CallKind =>
  method === 'GET' || method === 'HEAD' ? 'read' : 'write';

export const createCallLog = ({
  classify = classifyByMethod,
  limit = 10_000,
}: CallLogOptions = {}): CallLog => {
  let entries: CallEntry[] = [];
  let counts: Record<CallKind, number> = { read: 0, write: 0, other: 0 };

  const remember = (entry: CallEntry): void => {
    counts[entry.kind] += 1;
    entries.push(entry);
    // Dropping half at a time keeps the cost of one call constant on average.
    if (entries.length > limit * 2) entries = entries.slice(-limit);
  };

  return {
    get entries() {
      return entries.slice(-limit);
    },
    middleware(request, response, next) {
      const at = new Date();
      const startedAtMs = performance.now();
      const { path, query } = splitUrl(request);
      const kind = classify({ method: request.method, path });
      // `close` fires once for an answer and for a cut connection alike.
      response.once('close', () => {
        remember({
          at,
          method: request.method,
          path,
          query,
          status: response.writableFinished ? response.statusCode : 0,
          kind,
          durationMs: performance.now() - startedAtMs,
        });
      });
      next();
    },
    count: (kind) => (kind === undefined ? counts.read + counts.write + counts.other : counts[kind]),
    reset() {
      entries = [];
      counts = { read: 0, write: 0, other: 0 };
    },
  };
};

const splitUrl = (request: Request): { path: string; query: Record<string, string> } => {
  const url = new URL(request.originalUrl, 'http://sandbox.invalid');
  return { path: url.pathname, query: Object.fromEntries(url.searchParams) };
};
