// A plain way to call the sandbox in tests: JSON in, status, headers and JSON out. No retries, no cleverness.
import { afterEach } from 'vitest';
import {
  type HubspotSandbox,
  type HubspotSandboxOptions,
  startHubspotSandbox,
} from '#sandbox/hubspot/start-hubspot-sandbox.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, else the text. Shapes are asserted by each test. */
  readonly body: Wire;
}

/** JSON as it came, readable by path; a wrong path gives undefined and fails the assertion. */
export interface Wire {
  readonly [key: string]: Wire;
}

/** A scalar of the wire as text; anything else is a mistake of the test. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TypeError(`no text on the wire: ${JSON.stringify(value)}`);
};

/** The `results` of an answer; none when it has none. */
export const resultsOf = ({ body }: { readonly body: Wire }): readonly Wire[] =>
  Object.values(body['results'] ?? {});

export interface Api {
  readonly sandbox: HubspotSandbox;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  put(path: string, body?: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
  /** With another token, or none. */
  as(token: string | null): Api;
}

const running: HubspotSandbox[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((sandbox) => sandbox.close()));
});

/** A portal that ends with the test. Search sees writes at once and calls are plenty unless the options say else. */
export const startPortal = async (options: HubspotSandboxOptions = {}): Promise<Api> => {
  const sandbox = await startHubspotSandbox({
    searchLagMs: 0,
    limits: { tenSecondly: 100_000, searchPerSecond: 100_000 },
    ...options,
  });
  running.push(sandbox);
  return createApi(sandbox, sandbox.token);
};

const createApi = (sandbox: HubspotSandbox, token: string | null): Api => {
  const call = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(sandbox.url + path, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    sandbox,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body) => call('PUT', path, body),
    delete: (path) => call('DELETE', path),
    as: (other) => createApi(sandbox, other),
  };
};
