// Injects the ways a network and a vendor fail into a running sandbox, request by request.
// It knows nothing of any vendor's API: rules match by method and path, mount it before the routes.
import type { RequestHandler, Response } from 'express';

export const FAULT_KINDS = [
  'status',
  'cut-before',
  'cut-after-commit',
  'cut-mid-body',
  'html',
  'delay',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

export type Fault =
  | {
      readonly kind: 'status';
      readonly status: number;
      /** Objects are answered as JSON, strings as they are. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The socket is destroyed before the handler sees the request: nothing happened. */
  | { readonly kind: 'cut-before' }
  /** The handler runs and commits, then the socket is destroyed in place of the answer. */
  | { readonly kind: 'cut-after-commit' }
  /** Status, headers and the first half of the body arrive, then the socket is destroyed. */
  | { readonly kind: 'cut-mid-body' }
  /** A gateway's HTML page (502) in place of the API's answer; the handler does not run. */
  | { readonly kind: 'html' }
  /** The handler runs after so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number };

export interface FaultRule {
  /** Any method when left out; case does not matter. */
  readonly method?: string;
  /** Tested against the path with its query; a string matches when it is contained. Any path when left out. */
  readonly path?: RegExp | string;
  /** How many requests fail; 1 when left out, `Infinity` for all. */
  readonly times?: number;
  /** How many matching requests pass untouched first; 0 when left out. */
  readonly after?: number;
  readonly fault: Fault;
}

export interface Faults {
  /** Adds a rule and returns what removes it. The oldest rule that holds and is not used up decides. */
  inject(rule: FaultRule): () => void;
  clear(): void;
  readonly middleware: RequestHandler;
}

interface LiveRule {
  readonly rule: FaultRule;
  seen: number;
}

const GATEWAY_PAGE =
  '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';

const matchesRule = (rule: FaultRule, method: string, url: string): boolean => {
  if (rule.method !== undefined && rule.method.toUpperCase() !== method.toUpperCase()) return false;
  if (rule.path === undefined) return true;
  // `search` ignores lastIndex, so a global or sticky expression cannot skip every second request.
  return typeof rule.path === 'string' ? url.includes(rule.path) : url.search(rule.path) !== -1;
};

export const createFaults = (): Faults => {
  let rules: readonly LiveRule[] = [];

  const takeFault = (method: string, url: string): Fault | null => {
    for (const live of rules) {
      if (!matchesRule(live.rule, method, url)) continue;
      const first = live.rule.after ?? 0;
      const position = live.seen;
      const end = first + (live.rule.times ?? 1);
      if (position >= end) continue;
      live.seen += 1;
      if (position >= first) return live.rule.fault;
    }
    return null;
  };

  return {
    inject(rule) {
      const live: LiveRule = { rule, seen: 0 };
      rules = [...rules, live];
      return () => {
        rules = rules.filter((other) => other !== live);
      };
    },
    clear() {
      rules = [];
    },
    middleware(request, response, next) {
      const fault = takeFault(request.method, request.originalUrl);
      if (fault === null) {
        next();
        return;
      }
      switch (fault.kind) {
        case 'status':
          answerStatus(response, fault);
          return;
        case 'html':
          response.status(502).type('html').send(GATEWAY_PAGE);
          return;
        case 'cut-before':
          response.socket?.destroy();
          return;
        case 'cut-after-commit':
          cutInsteadOfAnswering(response);
          next();
          return;
        case 'cut-mid-body':
          cutHalfWay(response);
          next();
          return;
        case 'delay':
          setTimeout(next, fault.ms);
          return;
      }
    },
  };
};

const answerStatus = (response: Response, fault: Extract<Fault, { kind: 'status' }>): void => {
  response.status(fault.status);
  for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
  if (fault.body === undefined) response.end();
  else if (typeof fault.body === 'string') response.send(fault.body);
  else response.json(fault.body);
};

// Both cuts buffer what the handler writes and act when it ends: only then is its work surely committed.
const holdBody = (response: Response, onEnd: (body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding: unknown): void => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, toEncoding(encoding)));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  response.write = (chunk: unknown, ...rest: readonly unknown[]) => {
    keep(chunk, rest[0]);
    callBack(rest);
    return true;
  };
  response.end = (...parts: readonly unknown[]) => {
    keep(parts[0], parts[1]);
    onEnd(Buffer.concat(chunks));
    callBack(parts);
    return response;
  };
};

const toEncoding = (encoding: unknown): BufferEncoding =>
  typeof encoding === 'string' && Buffer.isEncoding(encoding) ? encoding : 'utf8';

// Node lets a callback stand in the place of any optional argument.
const callBack = (candidates: readonly unknown[]): void => {
  for (const candidate of candidates) if (typeof candidate === 'function') process.nextTick(candidate);
};

const cutInsteadOfAnswering = (response: Response): void => {
  holdBody(response, () => {
    response.socket?.destroy();
  });
};

const cutHalfWay = (response: Response): void => {
  const writeForReal = response.write.bind(response);
  holdBody(response, (body) => {
    // The length of the whole body is announced, so that the client knows it was cut and not short.
    if (!response.headersSent) response.setHeader('content-length', body.length);
    writeForReal(body.subarray(0, Math.floor(body.length / 2)), () => {
      response.socket?.destroy();
    });
  });
};
