// Makes calls to one org: session, deadline, repeats, budget and counting in one place. It knows paths, not what they mean.
import { Connection } from 'jsforce';
import { ConfigError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';
import type { CrmUsage } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { CallBudget } from '../../calls/call-budget.ts';
import { OutcomeUnknownError } from '../../calls/outcome-unknown.ts';
import { withRetry } from '../../calls/retry.ts';
import { type CallKind, createUsageCounter } from '../../calls/usage-counter.ts';
import { throwIfInterrupted, withDeadline } from '../../calls/with-deadline.ts';
import { SessionExpiredError, translateCallError, unexpectedPage } from '../errors.ts';
import type { SalesforceTimings } from '../options.ts';
import type { Session } from '../session/session.ts';
import type { SessionKeeper } from '../session/session-keeper.ts';
import type { HttpAnswer } from './send-http.ts';
import { createCallTransport } from './transport.ts';
import { type CrmWindow, windowOf } from './vendor-clock.ts';

export interface SalesforceCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** From the version root, encoded: `/query?q=SELECT+Id…`. */
  readonly path: string;
  readonly kind: CallKind;
  /** An object is sent as JSON, a string as CSV. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly expects?: 'json' | 'csv' | 'nothing';
  /** A repeat after an unknown outcome is harmless; reads are unless said otherwise. */
  readonly repeatable?: boolean;
  readonly deadlineMs?: number;
  /** Room in the budget was asked for when the job began: a job is not left half done. */
  readonly reserved?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface SalesforceAnswer {
  /** Parsed JSON, the CSV text, or undefined. */
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  /** When the CRM worked on it, by its own clock; null when it did not tell. */
  readonly window: CrmWindow | null;
}

export type MetadataApi = Connection['metadata'];

export interface SalesforceClient {
  readonly connection: string;
  /** `62.0` */
  readonly apiVersion: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly timings: SalesforceTimings;
  call(call: SalesforceCall): Promise<SalesforceAnswer>;
  /** One call of the Metadata API; `what` is for messages. Not repeated unless it only reads. */
  metadata<T>(
    what: string,
    run: (metadata: MetadataApi) => Promise<T>,
    options?: { readonly repeatable?: boolean },
  ): Promise<T>;
  session(): Promise<Session>;
  /** Throws BudgetError unless so many more calls fit into our share. */
  assertRoomFor(calls: number): void;
  usage(): CrmUsage;
}

export interface SalesforceClientParts {
  readonly connection: string;
  readonly apiVersion: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  readonly timings: SalesforceTimings;
  readonly sessions: SessionKeeper;
  readonly budget: CallBudget;
}

// Shown to admins in Setup > API Usage, so that they see who calls.
const CLIENT_NAME = 'tierline/1';
// `api-usage=18/5000; per-app-api-usage=17/250(appName=x)`: the first is the org's.
const LIMIT_INFO = /(?:^|[\s;,])api-usage=(\d+)\/(\d+)/;

interface Attempt {
  readonly what: string;
  readonly kind: CallKind;
  readonly deadlineMs: number;
  readonly repeatable: boolean;
  readonly reserved: boolean;
  readonly signal: AbortSignal | undefined;
  readonly expects: 'json' | 'csv' | 'nothing' | 'soap';
  readonly send: (client: Connection, transport: object) => Promise<unknown>;
}

export const createSalesforceClient = (parts: SalesforceClientParts): SalesforceClient => {
  const { connection, clock, log, random, timings, sessions, budget } = parts;
  const counter = createUsageCounter();

  const sendOnce = async (attempt: Attempt, session: Session): Promise<SalesforceAnswer> => {
    throwIfInterrupted(attempt.signal);
    if (!attempt.reserved) budget.assertRoomFor(1);
    counter.count(attempt.kind);
    budget.spend();
    const startedMs = clock.now().getTime();
    // One call, one answer; a box because the callback writes it.
    const received: { answer: HttpAnswer | null } = { answer: null };
    const context = (): Parameters<typeof translateCallError>[1] => ({
      what: attempt.what,
      connection,
      status: received.answer?.status ?? null,
      retryAfterMs: readRetryAfter(received.answer?.headers['retry-after']),
    });
    try {
      const body = await withDeadline(
        (signal) => {
          const transport = createCallTransport(signal, (answer) => {
            received.answer = answer;
            const told = LIMIT_INFO.exec(answer.headers['sforce-limit-info'] ?? '');
            if (told !== null) budget.told({ used: Number(told[1]), limit: Number(told[2]) });
          });
          return attempt.send(connect(session, transport), transport);
        },
        { deadlineMs: attempt.deadlineMs, what: `${connection}: ${attempt.what}`, signal: attempt.signal },
      );
      const headers = received.answer?.headers ?? {};
      if (!isExpectedBody(attempt.expects, body, received.answer)) throw unexpectedPage(context());
      sessions.accepted();
      return { body, headers, window: windowOf(headers['date'], clock.now().getTime() - startedMs) };
    } catch (error) {
      throw translateCallError(error, context());
    }
  };

  // A client is a bag of address, token and version: one a call, so that a new address or token is never missed.
  const connect = (session: Session, transport: object): Connection => {
    const client = new Connection({
      version: parts.apiVersion,
      instanceUrl: session.instanceUrl,
      accessToken: session.accessToken,
      callOptions: { client: CLIENT_NAME },
    });
    return Object.assign(client, { _transport: transport });
  };

  const sendWithSession = async (attempt: Attempt): Promise<SalesforceAnswer> => {
    for (;;) {
      const session = await sessions.current();
      try {
        return await sendOnce(attempt, session);
      } catch (error) {
        if (!(error instanceof SessionExpiredError)) throw error;
        // Salesforce checks the session before it does anything: sending again is safe, writes included.
        await sessions.renew(session);
      }
    }
  };

  const sendWithRetry = (attempt: Attempt): Promise<SalesforceAnswer> =>
    withRetry(() => sendWithSession(attempt), timings.retry, {
      clock,
      random,
      signal: attempt.signal,
      canRetry: (error) => attempt.repeatable || !(error instanceof OutcomeUnknownError),
      onRetry(error, waitMs, number) {
        log.warn('a call failed and is repeated', {
          connection,
          call: attempt.what,
          error: error.name,
          attempt: number,
          waitMs,
        });
      },
    });

  return {
    connection,
    apiVersion: parts.apiVersion,
    clock,
    log,
    random,
    timings,
    call: (call) =>
      sendWithRetry({
        what: `${call.method} ${withoutQuery(call.path)}`,
        kind: call.kind,
        deadlineMs:
          call.deadlineMs ?? (call.method === 'GET' ? timings.readDeadlineMs : timings.writeDeadlineMs),
        repeatable: call.repeatable ?? call.method === 'GET',
        reserved: call.reserved ?? false,
        signal: call.signal,
        expects: call.expects ?? 'json',
        send: (client, transport) => client.request(toClientRequest(call), { transport, ...parseAs(call) }),
      }),
    async metadata<T>(
      what: string,
      run: (metadata: MetadataApi) => Promise<T>,
      options: { readonly repeatable?: boolean } = {},
    ) {
      const answer = await sendWithRetry({
        what: `Metadata API ${what}`,
        kind: 'other',
        deadlineMs: timings.metadataDeadlineMs,
        repeatable: options.repeatable ?? false,
        reserved: false,
        signal: undefined,
        expects: 'soap',
        send: (client) => runMetadata(connection, client, run),
      });
      return answer.body as T;
    },
    session: () => withRetry(() => sessions.current(), timings.retry, { clock, random }),
    assertRoomFor(calls) {
      budget.assertRoomFor(calls);
    },
    usage: () => counter.usage(budget.daily),
  };
};

const runMetadata = <T>(
  connection: string,
  client: Connection,
  run: (metadata: MetadataApi) => Promise<T>,
): Promise<T> => {
  // jsforce refuses JWT-format tokens for SOAP by a plain Error before anything is sent.
  if (isJsonWebToken(client.accessToken ?? ''))
    throw new ConfigError(
      `${connection}: setup needs an opaque access token, the app issues JWT-based ones`,
      {
        next: 'Setup > External Client App Manager > the app > Settings > OAuth Settings: take the tick off "Issue JSON Web Token (JWT)-based access tokens".',
      },
    );
  return run(client.metadata);
};

/** Session ids may hold dots too: only the first part tells. */
const isJsonWebToken = (token: string): boolean => {
  const [header = '', ...rest] = token.split('.');
  return rest.length === 2 && Buffer.from(header, 'base64url').toString().startsWith('{');
};

type ClientRequest = Extract<Parameters<Connection['request']>[0], object>;

const toClientRequest = (call: SalesforceCall): ClientRequest => {
  const headers: Record<string, string> = {
    accept: call.expects === 'csv' ? 'text/csv' : 'application/json',
  };
  let body: string | undefined;
  if (typeof call.body === 'string') {
    headers['content-type'] = 'text/csv; charset=UTF-8';
    body = call.body;
  } else if (call.body !== undefined) {
    headers['content-type'] = 'application/json; charset=UTF-8';
    body = JSON.stringify(call.body);
  }
  Object.assign(headers, call.headers);
  return { method: call.method, url: call.path, headers, ...(body === undefined ? {} : { body }) };
};

// The client would parse CSV into objects at once and lose which columns there were; we read the text ourselves.
const parseAs = (call: SalesforceCall): { responseType?: string } =>
  call.expects === 'csv' ? { responseType: 'text/plain' } : {};

const isExpectedBody = (expects: Attempt['expects'], body: unknown, answer: HttpAnswer | null): boolean => {
  switch (expects) {
    case 'json':
      return typeof body === 'object' && body !== null;
    case 'csv':
      return typeof body === 'string' && !/^\s*</.test(body) && !isHtml(answer);
    case 'nothing':
    case 'soap':
      return !isHtml(answer);
  }
};

const isHtml = (answer: HttpAnswer | null): boolean =>
  (answer?.headers['content-type'] ?? '').startsWith('text/html');

const withoutQuery = (path: string): string => path.split('?', 1)[0] ?? path;

const readRetryAfter = (header: string | undefined): number | null => {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
};
