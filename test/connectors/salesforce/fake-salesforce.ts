// A local server for single answers of Salesforce: a test says what each call is answered, the login works by itself.
import { createServer, type IncomingMessage } from 'node:http';
import { connectSalesforce } from '#connectors/salesforce/connect-salesforce.ts';
import type { SalesforceOptions } from '#connectors/salesforce/options.ts';
import type { Crm } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { TokenStore } from '#ports/tokens.ts';
import { createManualClock, type ManualClock } from '../calls/manual-clock.ts';

export interface FakeCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface FakeAnswer {
  readonly status?: number;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The socket is closed in place of the answer, or in the middle of it. */
  readonly cut?: 'before' | 'mid-body';
  /** Never answered. */
  readonly hang?: true;
}

export type Answer = (call: FakeCall, index: number) => FakeAnswer | null;

export interface FakeSalesforce {
  readonly url: string;
  /** Calls beside logins. */
  readonly calls: readonly FakeCall[];
  readonly logins: readonly URLSearchParams[];
  close(): Promise<void>;
}

export interface FakeOptions {
  /** Null falls back to describe and an empty query. */
  readonly answer?: Answer;
  readonly login?: (form: URLSearchParams, index: number, url: string) => FakeAnswer | null;
}

export const ORGANISATION_ID = '00D000000000001EAA';
export const USER_ID = '005000000000001AAA';

export const startFakeSalesforce = async ({ answer, login }: FakeOptions = {}): Promise<FakeSalesforce> => {
  const calls: FakeCall[] = [];
  const logins: URLSearchParams[] = [];
  let url = '';
  const respond = (call: FakeCall): FakeAnswer => {
    if (call.path === '/services/oauth2/token') {
      const form = new URLSearchParams(call.body);
      logins.push(form);
      return login?.(form, logins.length - 1, url) ?? { body: tokenAnswer(url, logins.length) };
    }
    calls.push(call);
    return answer?.(call, calls.length - 1) ?? defaultAnswer(call);
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake.invalid');
      const given = respond({
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      if (given.hang === true) return;
      if (given.cut === 'before') {
        request.socket.destroy();
        return;
      }
      const isText = typeof given.body === 'string';
      const text = typeof given.body === 'string' ? given.body : JSON.stringify(given.body ?? null);
      response.writeHead(given.status ?? 200, {
        'content-type': isText ? 'text/csv' : 'application/json;charset=UTF-8',
        'content-length': Buffer.byteLength(text),
        ...given.headers,
      });
      if (given.cut === 'mid-body')
        response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
      else response.end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    url,
    calls,
    logins,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};

export const tokenAnswer = (url: string, number: number): Record<string, string> => ({
  access_token: `token-${number}`,
  instance_url: url,
  id: `${url}/id/${ORGANISATION_ID}/${USER_ID}`,
  token_type: 'Bearer',
});

const FIELD = { createable: true, updateable: true, filterable: true, length: 255 };

/** Account, as far as the tests need it. */
export const ACCOUNT_DESCRIBE = {
  name: 'Account',
  queryable: true,
  fields: [
    { ...FIELD, name: 'Id', label: 'Account ID', type: 'id', createable: false, updateable: false },
    { ...FIELD, name: 'Name', label: 'Account Name', type: 'string' },
    { ...FIELD, name: 'NumberOfEmployees', label: 'Employees', type: 'int' },
    { ...FIELD, name: 'SystemModstamp', label: 'System Modstamp', type: 'datetime', updateable: false },
    { ...FIELD, name: 'LastModifiedById', label: 'Last Modified By', type: 'reference', updateable: false },
    { ...FIELD, name: 'IsDeleted', label: 'Deleted', type: 'boolean', updateable: false },
    { ...FIELD, name: 'MasterRecordId', label: 'Master Record', type: 'reference', updateable: false },
    { ...FIELD, name: 'Key__c', label: 'Key', type: 'string', unique: true },
  ],
};

export const error = (status: number, errorCode: string, message = 'x', fields?: string[]): FakeAnswer => ({
  status,
  body: [{ errorCode, message, ...(fields === undefined ? {} : { fields }) }],
});

const defaultAnswer = ({ path }: FakeCall): FakeAnswer => {
  if (path.endsWith('/describe')) return { body: ACCOUNT_DESCRIBE };
  if (path.endsWith('/limits/recordCount')) return { body: { sObjects: [{ name: 'Account', count: 1 }] } };
  if (path.includes('/query')) return { body: { totalSize: 0, done: true, records: [] } };
  return error(404, 'NOT_FOUND', 'The requested resource does not exist');
};

const ignore = (): void => undefined;
export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

export const createMemoryTokens = (stored: string | null = null): TokenStore & { saved: string[] } => {
  const saved: string[] = [];
  let current = stored;
  return {
    saved,
    load: () => Promise.resolve(current),
    save(_connection, token) {
      current = token;
      saved.push(token);
      return Promise.resolve();
    },
    exclusively: (_connection, work) => work(),
  };
};

export interface Connected {
  readonly crm: Crm;
  readonly clock: ManualClock;
}

export const connectTo = (
  url: string,
  options: Partial<SalesforceOptions> = {},
  tokens: TokenStore = createMemoryTokens(),
): Connected => {
  const clock = createManualClock();
  const crm = connectSalesforce(
    {
      connection: 'sf',
      auth: { flow: 'client-credentials', loginUrl: url, clientId: 'id', clientSecret: 'secret' },
      apiVersion: '62.0',
      dailyShare: 0.5,
      ...options,
      timings: { readDeadlineMs: 2000, writeDeadlineMs: 2000, ...options.timings },
    },
    { clock, log: silentLog, tokens, random: () => 0.5 },
  );
  return { crm, clock };
};
