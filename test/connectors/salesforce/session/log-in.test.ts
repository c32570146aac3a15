import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { SalesforceAuth } from '#connectors/salesforce/options.ts';
import { AuthError, ConfigError, type TierlineError } from '#errors/errors.ts';
import {
  connectTo,
  createMemoryTokens,
  type FakeOptions,
  type FakeSalesforce,
  ORGANISATION_ID,
  startFakeSalesforce,
  tokenAnswer,
  USER_ID,
} from '../fake-salesforce.ts';

const refused = (error: string, description: string): FakeOptions => ({
  login: () => ({ status: 400, body: { error, error_description: description } }),
});

const failureOf = async (promise: Promise<unknown>): Promise<TierlineError> => {
  try {
    await promise;
  } catch (error) {
    return error as TierlineError;
  }
  throw new Error('nothing failed');
};

describe('logging in', () => {
  let fake: FakeSalesforce;
  afterEach(async () => {
    await fake.close();
  });

  const refreshAuth = (refreshToken = 'from-file'): SalesforceAuth => ({
    flow: 'refresh-token',
    loginUrl: fake.url,
    clientId: 'id',
    clientSecret: 'secret',
    refreshToken,
  });

  it('sends the client credentials and learns org and user from the answer', async () => {
    fake = await startFakeSalesforce();
    const { crm } = connectTo(fake.url);
    expect(await crm.identify()).toEqual({ organisation: ORGANISATION_ID, actor: USER_ID });
    expect(Object.fromEntries(fake.logins[0] ?? [])).toEqual({
      grant_type: 'client_credentials',
      client_id: 'id',
      client_secret: 'secret',
    });
  });

  it('signs a JWT that Salesforce can check by the certificate', async () => {
    fake = await startFakeSalesforce();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { crm, clock } = connectTo(fake.url, {
      auth: {
        flow: 'jwt-bearer',
        loginUrl: fake.url,
        clientId: 'id',
        username: 'sync@acme.example',
        // As an environment variable carries it.
        privateKey: pem.replaceAll('\n', '\\n'),
        audience: 'https://login.salesforce.com',
      },
    });
    await crm.identify();
    const assertion = fake.logins[0]?.get('assertion') ?? '';
    const [header = '', claims = '', signature = ''] = assertion.split('.');
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'id',
      sub: 'sync@acme.example',
      aud: 'https://login.salesforce.com',
      exp: Math.floor(clock.now().getTime() / 1000) + 180,
    });
    const signed = Buffer.from(`${header}.${claims}`);
    const key = createPublicKey(publicKey.export({ type: 'spki', format: 'pem' }).toString());
    expect(verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  it('names the setting when the private key is none', async () => {
    fake = await startFakeSalesforce();
    const auth = {
      flow: 'jwt-bearer',
      loginUrl: fake.url,
      clientId: 'id',
      username: 'u',
      privateKey: 'x',
    } as const;
    await expect(connectTo(fake.url, { auth }).crm.identify()).rejects.toThrow(ConfigError);
  });

  it('saves a rotated refresh token and uses it from then on', async () => {
    fake = await startFakeSalesforce({
      login: (form, index, url) =>
        form.get('refresh_token') === ['from-file', 'rotated-1'][index]
          ? { body: { ...tokenAnswer(url, index + 1), refresh_token: `rotated-${index + 1}` } }
          : {
              status: 400,
              body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
            },
    });
    const tokens = createMemoryTokens();
    await connectTo(fake.url, { auth: refreshAuth() }, tokens).crm.identify();
    await connectTo(fake.url, { auth: refreshAuth() }, tokens).crm.identify();
    expect(tokens.saved).toEqual(['rotated-1', 'rotated-2']);
  });

  it("falls back to the file's token when a person has put a new one there, and remembers it", async () => {
    fake = await startFakeSalesforce({
      login: (form, index, url) =>
        form.get('refresh_token') === 'from-file'
          ? { body: tokenAnswer(url, index) }
          : {
              status: 400,
              body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
            },
    });
    const tokens = createMemoryTokens('dead');
    await connectTo(fake.url, { auth: refreshAuth() }, tokens).crm.identify();
    expect(tokens.saved).toEqual(['from-file']);
  });

  it('stores nothing when nothing was rotated', async () => {
    fake = await startFakeSalesforce();
    const tokens = createMemoryTokens();
    await connectTo(fake.url, { auth: refreshAuth() }, tokens).crm.identify();
    expect(tokens.saved).toEqual([]);
  });

  it.each([
    ['invalid_grant', 'no client credentials user enabled', 'run-as user'],
    ['invalid_grant', 'request not supported on this domain', 'My Domain'],
    ['invalid_client_id', 'client identifier invalid', 'consumer key'],
    ['invalid_client', 'invalid client credentials', 'consumer key and secret'],
    ['invalid_grant', "user hasn't approved this consumer", 'pre-authorized'],
    ['invalid_grant', 'expired access/refresh token', 'Authorise the app again'],
    ['invalid_grant', 'something new', 'login history'],
  ])('says what to do about %s: %s', async (code, description, advice) => {
    fake = await startFakeSalesforce(refused(code, description));
    const failure = await failureOf(connectTo(fake.url).crm.identify());
    expect(failure).toBeInstanceOf(AuthError);
    expect(failure.next).toContain(advice);
    expect(fake.logins).toHaveLength(1);
  });

  it('takes a web page in place of a token for a wrong login address', async () => {
    fake = await startFakeSalesforce({
      login: () => ({ body: '<html>Welcome</html>', headers: { 'content-type': 'text/html' } }),
    });
    const failure = await failureOf(connectTo(fake.url).crm.identify());
    expect(failure).toBeInstanceOf(AuthError);
    expect(failure.next).toContain('loginUrl');
  });

  it('repeats a login that was answered by a gateway', async () => {
    fake = await startFakeSalesforce({
      login: (_form, index) => (index === 0 ? { status: 503, body: '<html></html>' } : null),
    });
    const { crm } = connectTo(fake.url);
    expect(await crm.describe('Account')).not.toBeNull();
    expect(fake.logins).toHaveLength(2);
  });

  it.each([
    ['http://acme.my.salesforce.com', 'https://'],
    ['https://acme.lightning.force.com', 'Lightning'],
    ['acme', 'no address'],
  ])('refuses %s as login address before any call', async (loginUrl, text) => {
    fake = await startFakeSalesforce();
    const auth = { flow: 'client-credentials', loginUrl, clientId: 'id', clientSecret: 's' } as const;
    expect(() => connectTo(fake.url, { auth })).toThrow(text);
  });

  it.each(['62', '50.0', 'v62.0'])('refuses %s as version before any call', async (apiVersion) => {
    fake = await startFakeSalesforce();
    expect(() => connectTo(fake.url, { apiVersion })).toThrow(ConfigError);
  });
});
