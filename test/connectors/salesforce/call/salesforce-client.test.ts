import { afterEach, describe, expect, it } from 'vitest';
import { AuthError, BudgetError, ContractError, UnavailableError } from '#errors/errors.ts';
import {
  ACCOUNT_DESCRIBE,
  type Answer,
  connectTo,
  error,
  type FakeAnswer,
  type FakeSalesforce,
  startFakeSalesforce,
} from '../fake-salesforce.ts';

const describeAnswer: FakeAnswer = { body: ACCOUNT_DESCRIBE };

describe('a call', () => {
  let fake: FakeSalesforce;
  afterEach(async () => {
    await fake.close();
  });
  const start = async (answer?: Answer): Promise<void> => {
    fake = await startFakeSalesforce(answer === undefined ? {} : { answer });
  };

  it('names its version, its client and its session', async () => {
    await start();
    await connectTo(fake.url).crm.describe('Account');
    const [call] = fake.calls;
    expect(call?.path).toBe('/services/data/v62.0/sobjects/Account/describe');
    expect(call?.headers['sforce-call-options']).toBe('client=tierline/1');
    expect(call?.headers.authorization).toBe('Bearer token-1');
  });

  it('renews an expired session once and goes on', async () => {
    await start((call) =>
      call.headers.authorization === 'Bearer token-1'
        ? error(401, 'INVALID_SESSION_ID', 'Session expired or invalid')
        : null,
    );
    expect(await connectTo(fake.url).crm.describe('Account')).not.toBeNull();
    expect(fake.logins).toHaveLength(2);
  });

  it('does not renew for ever when every session is refused', async () => {
    await start(() => error(401, 'INVALID_SESSION_ID', 'Session expired or invalid'));
    await expect(connectTo(fake.url).crm.describe('Account')).rejects.toThrow(AuthError);
    expect(fake.logins).toHaveLength(3);
    expect(fake.calls).toHaveLength(3);
  });

  it('follows the org to a new instance when the session is renewed', async () => {
    const moved = await startFakeSalesforce();
    fake = await startFakeSalesforce({
      answer: () => error(401, 'INVALID_SESSION_ID'),
      login: (_form, index, url) => ({
        body: {
          access_token: `token-${index}`,
          instance_url: index === 0 ? url : moved.url,
          id: `${url}/id/00D000000000001EAA/005000000000001AAA`,
        },
      }),
    });
    expect(await connectTo(fake.url).crm.describe('Account')).not.toBeNull();
    expect(fake.calls).toHaveLength(1);
    expect(moved.calls).toHaveLength(1);
    await moved.close();
  });

  it.each<[string, FakeAnswer]>([
    ['cut before an answer', { cut: 'before' }],
    ['cut in the middle of the body', { ...describeAnswer, cut: 'mid-body' }],
    [
      'answered by a web page with status 200',
      { body: '<html></html>', headers: { 'content-type': 'text/html' } },
    ],
    [
      'answered by a gateway',
      { status: 502, body: '<html></html>', headers: { 'content-type': 'text/html' } },
    ],
    ['answered 503', error(503, 'SERVER_UNAVAILABLE', 'too many requests')],
    [
      'told that too many run at once',
      error(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests Limit exceeded.'),
    ],
    ['never answered', { hang: true }],
  ])('is repeated when it only reads and was %s', async (_what, answer) => {
    await start((_call, index) => (index === 0 ? answer : null));
    const { crm } = connectTo(fake.url, { timings: { readDeadlineMs: 150 } });
    expect(await crm.describe('Account')).not.toBeNull();
    expect(fake.calls).toHaveLength(2);
  });

  it('gives up as unavailable when it is never answered well', async () => {
    await start(() => ({ status: 503, body: [] }));
    await expect(connectTo(fake.url).crm.describe('Account')).rejects.toThrow(UnavailableError);
    expect(fake.calls).toHaveLength(5);
  });

  it('ends cleanly when the org has used up its calls', async () => {
    await start(() => error(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'));
    await expect(connectTo(fake.url).crm.describe('Account')).rejects.toThrow(BudgetError);
    expect(fake.calls).toHaveLength(1);
  });

  it('uses the last call within our share of the day and stops before the next', async () => {
    let used = 7498;
    await start(() => {
      used += 1;
      return { ...describeAnswer, headers: { 'sforce-limit-info': `api-usage=${used}/15000` } };
    });
    const { crm } = connectTo(fake.url, { dailyShare: 0.5 });
    await crm.describe('Account');
    await crm.describe('Contact');
    expect(crm.usage().daily).toEqual({ used: 7500, limit: 15_000 });
    await expect(crm.describe('Task')).rejects.toThrow(BudgetError);
    expect(fake.calls).toHaveLength(2);
  });

  it('tells a form that nobody knows from a failure that passes', async () => {
    await start(() => ({ body: { nothing: 'known' } }));
    await expect(connectTo(fake.url).crm.describe('Account')).rejects.toThrow(ContractError);
    expect(fake.calls).toHaveLength(1);
  });

  it('tells a version that the org does not speak from an object that it does not have', async () => {
    await start(({ path }) =>
      path === '/services/data'
        ? { body: [{ label: "Spring '24", url: '/services/data/v60.0', version: '60.0' }] }
        : error(404, 'NOT_FOUND', 'The requested resource does not exist'),
    );
    const { crm } = connectTo(fake.url, { apiVersion: '67.0' });
    await expect(crm.describe('Account')).rejects.toThrow('does not speak version 67.0');
    const { crm: older } = connectTo(fake.url, { apiVersion: '60.0' });
    expect(await older.describe('Account')).toBeNull();
  });

  it("reads the org's usage, not the app's", async () => {
    const info = 'api-usage=18/5000; per-app-api-usage=17/250(appName=x)';
    await start(() => ({ ...describeAnswer, headers: { 'sforce-limit-info': info } }));
    const { crm } = connectTo(fake.url);
    await crm.describe('Account');
    expect(crm.usage().daily).toEqual({ used: 18, limit: 5000 });
  });

  it('asks for a description once', async () => {
    await start();
    const { crm } = connectTo(fake.url);
    await Promise.all([crm.describe('Account'), crm.describe('Account')]);
    await crm.describe('Account');
    expect(fake.calls).toHaveLength(1);
  });
});
