import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectSalesforce } from '#connectors/salesforce/connect-salesforce.ts';
import { AuthError, ConfigError, TierlineError } from '#errors/errors.ts';

const LOGIN = 'https://kestrel.my.salesforce.com';
const SECRET = 'a-secret-that-no-message-may-hold';

function connect() {
  return connectSalesforce(
    {
      connection: 'sf',
      auth: { flow: 'client-credentials', loginUrl: LOGIN, clientId: 'client', clientSecret: SECRET },
      apiVersion: '62.0',
      dailyShare: 1,
    },
    {
      clock: { now: () => new Date('2026-11-22T12:00:00Z'), sleep: async () => undefined },
      log: { debug() {}, info() {}, warn() {}, error() {} },
      tokens: { load: async () => null, save: async () => undefined, exclusively: async (_, work) => work() },
      random: () => 0,
    },
  );
}

async function failureOf(work: Promise<unknown>): Promise<TierlineError> {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TierlineError)) throw new Error(`expected one of our errors, got ${String(error)}`);
  return error;
}

describe('single answers of Salesforce', () => {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it('turns a refused client into an AuthError that says what to do and holds no secret', async () => {
    nock(LOGIN)
      .post('/services/oauth2/token')
      .reply(400, { error: 'invalid_client', error_description: 'invalid client credentials' });
    const error = await failureOf(connect().describe('Account'));
    expect(error).toBeInstanceOf(AuthError);
    expect(error.exitCode).toBe(4);
    expect(`${error.message} ${error.next}`).not.toContain(SECRET);
    expect(error.next).toMatch(/\w/u);
  });

  it('says that the run-as user is missing when the flow has none', async () => {
    nock(LOGIN)
      .post('/services/oauth2/token')
      .reply(400, { error: 'invalid_grant', error_description: 'no client credentials user enabled' });
    const error = await failureOf(connect().describe('Account'));
    expect(error).toBeInstanceOf(AuthError);
    expect(`${error.message} ${error.next}`).toMatch(/run[- ]as|user/iu);
  });

  it('takes a web page in the place of a token for a wrong login URL', async () => {
    nock(LOGIN)
      .post('/services/oauth2/token')
      .reply(200, '<html><body>Login</body></html>', { 'content-type': 'text/html' });
    const error = await failureOf(connect().describe('Account'));
    expect(error instanceof AuthError || error instanceof ConfigError).toBe(true);
    expect(error.message).toContain('sf');
  });
});
