// Ways for tests to talk to the sandbox: jsforce as customers use it, and plain fetch for what jsforce hides.
import { Connection } from 'jsforce';
import type { SalesforceSandbox } from '#sandbox/salesforce/start-salesforce-sandbox.ts';

export const VERSION = '62.0';

export const connectJsforce = (sandbox: SalesforceSandbox): Connection => {
  const connection = new Connection({
    instanceUrl: sandbox.url,
    accessToken: sandbox.openSession(),
    version: VERSION,
  });
  // jsforce's own bulk polling waits a second between polls.
  connection.bulk2.pollInterval = 5;
  return connection;
};

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

export type ApiCall = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<HttpAnswer>;

/** Paths start behind `/services/data/v62.0`; strings are sent as they are, anything else as JSON. */
export const createApiCall = (sandbox: SalesforceSandbox, token = sandbox.openSession()): ApiCall => {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${sandbox.url}/services/data/v${VERSION}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': typeof body === 'string' ? 'text/csv' : 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parseOrNull(text) };
  };
};

const parseOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

export const postForm = async (
  url: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly json: Readonly<Record<string, string>> }> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  return { status: response.status, json: (await response.json()) as Record<string, string> };
};

/** The error a rejected jsforce call carries. */
export const catchApiError = async (
  call: PromiseLike<unknown>,
): Promise<{ readonly errorCode: string; readonly message: string }> => {
  try {
    await call;
  } catch (error) {
    const { errorCode, message } = error as { errorCode?: string; message: string };
    return { errorCode: errorCode ?? '', message };
  }
  throw new Error('the call was expected to fail');
};
