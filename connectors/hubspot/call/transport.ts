// One HTTP exchange through HubSpot's own client: request out, whole body in, headers read. Decides nothing.
// Only the client's `apiRequest` is used. It neither throws on a refusal nor retries nor limits, as long as no `Client` of
// this process is made with retries or a limiter: those settings are process-wide in version 14.

import { Client } from '@hubspot/api-client';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import { withDeadline } from '#connectors/calls/with-deadline.ts';
import { TierlineError } from '#errors/errors.ts';
import { toNetworkError } from '../errors.ts';

export interface OutgoingCall {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface HubspotAnswer {
  readonly status: number;
  /** Parsed JSON; null for an empty body or one that is no JSON (a gateway's page). */
  readonly body: unknown;
  /** The portal's clock, to the second; null when the answer carried none. */
  readonly answeredAt: Date | null;
  readonly retryAfter: string | null;
  readonly limits: AnswerLimits;
}

/** What the rate-limit headers said; searches carry none, OAuth apps no daily ones. */
interface AnswerLimits {
  readonly limit: number | undefined;
  readonly remaining: number | undefined;
  readonly intervalMs: number | undefined;
  readonly daily: { readonly used: number; readonly limit: number } | null;
}

export interface Transport {
  send(call: OutgoingCall, token: string, signal: AbortSignal): Promise<HubspotAnswer>;
  postForm(path: string, form: Readonly<Record<string, string>>, signal: AbortSignal): Promise<HubspotAnswer>;
}

type ClientRequest = Parameters<Client['apiRequest']>[0];

export function createTransport(baseUrl: string, connection: string, deadlineMs: number): Transport {
  // No token here: it changes, and setting it on the client rebuilds the client.
  const client = new Client({ basePath: baseUrl.replace(/\/+$/, '') });

  const exchange = async (
    what: string,
    request: ClientRequest,
    signal: AbortSignal,
  ): Promise<HubspotAnswer> => {
    const run = async (ended: AbortSignal): Promise<HubspotAnswer> => {
      const response = await client.apiRequest(request);
      const text = await readText(response, ended);
      return toAnswer(response, text, connection, what);
    };
    try {
      return await withDeadline(run, { deadlineMs, what: `${connection}: ${what}`, signal });
    } catch (error) {
      throw error instanceof TierlineError ? error : toNetworkError(connection, what, error);
    }
  };

  return {
    send: ({ method, path, query, body }, token, signal) =>
      exchange(
        `${method} ${path}`,
        {
          method,
          path,
          ...(query === undefined ? {} : { qs: query }),
          body,
          headers: { Authorization: `Bearer ${token}` },
        },
        signal,
      ),
    postForm: (path, form, signal) =>
      exchange(
        `POST ${path}`,
        {
          method: 'POST',
          path,
          defaultJson: false,
          headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
          body: new URLSearchParams(form).toString(),
        },
        signal,
      ),
  };
}

/** Reads in pieces so that a body that never ends can be let go of: the client takes no signal. */
const readText = async (response: Response, ended: AbortSignal): Promise<string> => {
  if (response.body === null) return '';
  const reader = response.body.getReader();
  const stop = (): void => {
    reader.cancel().catch(() => undefined);
  };
  if (ended.aborted) stop();
  ended.addEventListener('abort', stop, { once: true });
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      text += decoder.decode(value, { stream: true });
    }
  } finally {
    ended.removeEventListener('abort', stop);
  }
};

const toAnswer = (response: Response, text: string, connection: string, what: string): HubspotAnswer => {
  const { headers, status, ok } = response;
  const body = parseJson(text);
  // Something between us and HubSpot answered in its place; what HubSpot did is unknown.
  if (ok && body === undefined)
    throw new OutcomeUnknownError(`${connection}: ${what}: the answer (${status}) is no JSON`);
  const date = new Date(headers.get('date') ?? Number.NaN);
  return {
    status,
    body: body ?? null,
    answeredAt: Number.isNaN(date.getTime()) ? null : date,
    retryAfter: headers.get('retry-after'),
    limits: readLimits(headers),
  };
};

const readLimits = (headers: Headers): AnswerLimits => {
  const read = (name: string): number | undefined => {
    const value = headers.get(`x-hubspot-ratelimit-${name}`);
    const number = value === null || value.trim() === '' ? Number.NaN : Number(value);
    return Number.isFinite(number) ? number : undefined;
  };
  const daily = read('daily');
  const dailyLeft = read('daily-remaining');
  return {
    limit: read('max'),
    remaining: read('remaining'),
    intervalMs: read('interval-milliseconds'),
    daily:
      daily === undefined || dailyLeft === undefined
        ? null
        : { used: Math.max(0, daily - dailyLeft), limit: daily },
  };
};

/** Undefined when the text is no JSON; null when there is none. */
const parseJson = (text: string): unknown => {
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
