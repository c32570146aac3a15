import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  concurrentLimitExceeded,
  dailyLimitExceeded,
  htmlInsteadOfJson,
  queryTimeout,
  serverUnavailable,
  sessionExpired,
  tooManyRequests,
  unableToLockRow,
} from '#sandbox/salesforce/http/vendor-faults.ts';
import {
  type SalesforceSandbox,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { type ApiCall, catchApiError, connectJsforce, createApiCall } from './salesforce-client.ts';

let sandbox: SalesforceSandbox;
let call: ApiCall;

beforeEach(async () => {
  sandbox = await startSalesforceSandbox({ dailyApiRequests: 10 });
  call = createApiCall(sandbox);
});
afterEach(() => sandbox.close());

const create = (Name: string) => call('POST', '/sobjects/Account', { Name });

describe('the calls of a day', () => {
  it('are counted in a header and in /limits', async () => {
    const answer = await call('GET', '/limits');
    expect(answer.headers.get('sforce-limit-info')).toBe('api-usage=1/10');
    expect(answer.json).toMatchObject({ DailyApiRequests: { Max: 10, Remaining: 9 } });
  });

  it('run out, for us and because of others', async () => {
    sandbox.useApiCalls(9);
    expect((await call('GET', '/limits')).status).toBe(200);
    const answer = await call('GET', '/query?q=SELECT+Id+FROM+Account');
    expect(answer.status).toBe(403);
    expect(answer.json).toEqual([
      { message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
    ]);
  });
});

describe('injected faults', () => {
  it('answer for a while in the vendor’s words, then stop', async () => {
    sandbox.faults.inject({ path: '/limits', times: 2, fault: serverUnavailable() });
    const statuses = [];
    for (let index = 0; index < 3; index += 1) statuses.push((await call('GET', '/limits')).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it('reach jsforce as errors with codes', async () => {
    sandbox.faults.inject({ fault: dailyLimitExceeded() });
    const error = await catchApiError(connectJsforce(sandbox).query('SELECT Id FROM Account'));
    expect(error).toEqual({ errorCode: 'REQUEST_LIMIT_EXCEEDED', message: 'TotalRequests Limit exceeded.' });
  });

  it.each([
    ['a full house', concurrentLimitExceeded(), 403, 'REQUEST_LIMIT_EXCEEDED'],
    ['a gateway’s throttle', tooManyRequests(7), 429, 'REQUEST_LIMIT_EXCEEDED'],
    ['an ended session', sessionExpired(), 401, 'INVALID_SESSION_ID'],
    ['a locked row', unableToLockRow(), 400, 'UNABLE_TO_LOCK_ROW'],
    ['a slow query', queryTimeout(), 400, 'QUERY_TIMEOUT'],
  ])('can play %s', async (_name, fault, status, errorCode) => {
    sandbox.faults.inject({ fault });
    expect(await call('GET', '/limits')).toMatchObject({ status, json: [{ errorCode }] });
  });

  it('say when to come back, if the gateway does', async () => {
    sandbox.faults.inject({ fault: tooManyRequests(7) });
    expect((await call('GET', '/limits')).headers.get('retry-after')).toBe('7');
  });

  it('can put a page in the place of an answer', async () => {
    sandbox.faults.inject({ fault: htmlInsteadOfJson() });
    const answer = await call('GET', '/limits');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('cut a write before or after it is committed', async () => {
    sandbox.faults.inject({ fault: { kind: 'cut-before' } });
    await expect(create('lost')).rejects.toThrow('fetch failed');
    sandbox.faults.inject({ fault: { kind: 'cut-after-commit' } });
    await expect(create('kept')).rejects.toThrow('fetch failed');
    expect(sandbox.org.records('Account').map((row) => row['Name'])).toEqual(['kept']);
  });

  it('cut an answer in the middle of its body', async () => {
    sandbox.faults.inject({ path: '/describe', fault: { kind: 'cut-mid-body' } });
    await expect(call('GET', '/sobjects/Account/describe')).rejects.toThrow('terminated');
  });
});

describe('row faults of one’s own', () => {
  it('fail the rows they are meant for', async () => {
    const id = sandbox.org.insert('Account', { Name: 'Acme' });
    sandbox.org.rowFaults.inject({
      object: 'Account',
      operation: 'update',
      when: ({ fields }) => fields['Industry'] === 'Banking',
      times: Number.POSITIVE_INFINITY,
      error: {
        statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER',
        message: 'The record couldn’t be saved',
        fields: [],
      },
    });
    const update = (Industry: string) => call('PATCH', `/sobjects/Account/${id}`, { Industry });
    expect((await update('Banking')).json).toMatchObject([{ errorCode: 'CANNOT_EXECUTE_FLOW_TRIGGER' }]);
    expect((await update('Energy')).status).toBe(204);
  });
});

describe('the clock of the org', () => {
  it('is the date of its answers', async () => {
    const past = await startSalesforceSandbox({ now: () => new Date('2026-05-17T12:00:00Z') });
    const { headers } = await createApiCall(past)('GET', '/limits');
    await past.close();
    expect(headers.get('date')).toBe('Sun, 17 May 2026 12:00:00 GMT');
  });
});

describe('the control routes', () => {
  it('edit a record as a person does, without a token and without counting', async () => {
    const id = sandbox.org.insert('Account', { Name: 'Acme' });
    const response = await fetch(`${sandbox.url}/_sandbox/edit`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'Account', id, fields: { Rating: 'Hot' } }),
    });
    expect(response.status).toBe(200);
    expect(sandbox.org.find('Account', id)?.['Rating']).toBe('Hot');
    expect(sandbox.calls.count()).toBe(0);
  });
});
