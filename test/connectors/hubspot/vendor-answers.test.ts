import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectHubspot } from '#connectors/hubspot/connect-hubspot.ts';
import { TierlineError } from '#errors/errors.ts';

const API = 'https://api.hubapi.com';
const TOKEN = 'pat-eu1-a-token-that-no-message-may-hold';

function connect() {
  return connectHubspot(
    {
      connection: 'hs',
      auth: { flow: 'access-token', token: TOKEN },
      baseUrl: API,
      apiVersion: '2026-03',
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

describe('single answers of HubSpot', () => {
  beforeEach(() => nock.disableNetConnect());
  afterEach(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });

  it('asks for dated paths, in the version of the connection', async () => {
    const scope = nock(API).get('/crm/owners/2026-03').query(true).times(2).reply(200, { results: [] });
    nock(API)
      .get('/account-info/2026-03/details')
      .reply(200, { portalId: 4711, timeZone: 'UTC', companyCurrency: 'EUR' });
    await connect().owners();
    expect(scope.isDone()).toBe(true);
  });

  it('turns an expired key into an error of exit code 4 without the key', async () => {
    nock(API).persist().get(/.*/u).reply(401, {
      status: 'error',
      message: 'The OAuth token used to make this call expired 75 second(s) ago.',
      category: 'EXPIRED_AUTHENTICATION',
    });
    const error = await failureOf(connect().owners());
    expect(error.exitCode).toBe(4);
    expect(`${error.message} ${error.next}`).not.toContain(TOKEN);
  });

  it('lists the scopes that a key lacks, word for word', async () => {
    nock(API).get('/account-info/2026-03/details').reply(200, { portalId: 4711 });
    nock(API)
      .persist()
      .get('/crm/owners/2026-03')
      .query(true)
      .reply(403, {
        status: 'error',
        message: 'This app hasn’t been granted all required scopes',
        category: 'MISSING_SCOPES',
        errors: [{ message: 'scopes', context: { requiredGranularScopes: ['crm.objects.owners.read'] } }],
      });
    const error = await failureOf(connect().owners());
    expect(`${error.message} ${error.next}`).toContain('crm.objects.owners.read');
  });
});
