import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { Connection, OAuth2 } from 'jsforce';
import { afterEach, describe, expect, it } from 'vitest';
import {
  type SalesforceSandbox,
  type SalesforceSandboxOptions,
  startSalesforceSandbox,
} from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { catchApiError, connectJsforce, createApiCall, postForm, VERSION } from './salesforce-client.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const { publicKey, privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

let sandbox: SalesforceSandbox;
const start = async (options: SalesforceSandboxOptions = {}): Promise<SalesforceSandbox> => {
  sandbox = await startSalesforceSandbox(options);
  return sandbox;
};
afterEach(() => sandbox.close());

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signAssertion = (claims: Readonly<Record<string, unknown>>, key = privateKey): string => {
  const text = `${encode({ alg: 'RS256' })}.${encode(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key).toString('base64url')}`;
};

const tokenUrl = (): string => `${sandbox.url}/services/oauth2/token`;
const inMinutes = (minutes: number): number => Math.floor(Date.now() / 1_000) + minutes * 60;

describe('client credentials', () => {
  it('give a session for the run-as user, without an expiry and without a refresh token', async () => {
    await start();
    const { status, json } = await postForm(tokenUrl(), {
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
    });
    expect(status).toBe(200);
    expect(json['id']).toContain(sandbox.org.integrationUserId);
    expect(json['instance_url']).toBe(sandbox.url);
    expect(json).not.toHaveProperty('expires_in');
    expect(json).not.toHaveProperty('refresh_token');
  });

  it('log jsforce in and tell it who it is', async () => {
    await start();
    const connection = new Connection({
      loginUrl: sandbox.url,
      version: VERSION,
      oauth2: { loginUrl: sandbox.url, clientId: sandbox.clientId, clientSecret: sandbox.clientSecret },
    });
    await connection.authorize({ grant_type: 'client_credentials' });
    const identity = await connection.identity();
    expect(identity.username).toBe(sandbox.org.integrationUsername);
  });

  it('are refused with a wrong secret', async () => {
    await start();
    const { status, json } = await postForm(tokenUrl(), {
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: 'wrong',
    });
    expect(status).toBe(400);
    expect(json).toEqual({ error: 'invalid_client', error_description: 'invalid client credentials' });
  });

  it('are refused when the app names no run-as user', async () => {
    await start({ oauth: { allowsClientCredentials: false } });
    const { json } = await postForm(tokenUrl(), {
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
    });
    expect(json['error_description']).toBe('no client credentials user enabled');
  });
});

const claims = () => ({
  iss: sandbox.clientId,
  sub: sandbox.org.integrationUsername,
  aud: 'https://login.salesforce.com',
  exp: inMinutes(2),
});

const ask = (assertion: string) => postForm(tokenUrl(), { grant_type: JWT_BEARER, assertion });

describe('a JWT assertion', () => {
  it('signed with the right key gives a session', async () => {
    await start({ oauth: { certificate: publicKey } });
    const { status, json } = await ask(signAssertion(claims()));
    expect(status).toBe(200);
    const answer = await createApiCall(sandbox, json['access_token'])('GET', '/limits');
    expect(answer.status).toBe(200);
  });

  it('signed with another key is refused', async () => {
    await start({ oauth: { certificate: publicKey } });
    const other = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const { status, json } = await ask(signAssertion(claims(), other.privateKey));
    expect(status).toBe(400);
    expect(json['error']).toBe('invalid_grant');
  });

  it('that has expired is refused', async () => {
    await start({ oauth: { certificate: publicKey } });
    const { json } = await ask(signAssertion({ ...claims(), exp: inMinutes(-1) }));
    expect(json['error']).toBe('invalid_grant');
  });

  it('for a user who has not approved the app is refused', async () => {
    await start({ oauth: { certificate: publicKey, approves: () => false } });
    const { json } = await ask(signAssertion(claims()));
    expect(json['error_description']).toBe("user hasn't approved this consumer");
  });
});

const refresh = (token: string) =>
  postForm(tokenUrl(), {
    grant_type: 'refresh_token',
    refresh_token: token,
    client_id: sandbox.clientId,
    client_secret: sandbox.clientSecret,
  });

describe('a refresh token', () => {
  it('opens sessions again and again when it does not rotate', async () => {
    await start();
    const token = sandbox.issueRefreshToken();
    expect((await refresh(token)).json).not.toHaveProperty('refresh_token');
    expect((await refresh(token)).status).toBe(200);
  });

  it('dies when it rotates, and its successor lives', async () => {
    await start({ oauth: { rotatesRefreshTokens: true } });
    const token = sandbox.issueRefreshToken();
    const first = await refresh(token);
    const second = await refresh(token);
    expect(second.status).toBe(400);
    expect(second.json).toEqual({
      error: 'invalid_grant',
      error_description: 'expired access/refresh token',
    });
    expect((await refresh(first.json['refresh_token'] ?? '')).status).toBe(200);
  });

  it('keeps jsforce going when the session ends in the middle of its work', async () => {
    await start();
    const connection = new Connection({
      instanceUrl: sandbox.url,
      accessToken: sandbox.openSession(),
      refreshToken: sandbox.issueRefreshToken(),
      version: VERSION,
      oauth2: { loginUrl: sandbox.url, clientId: sandbox.clientId, clientSecret: sandbox.clientSecret },
    });
    sandbox.expireSessions();
    const answer = await connection.query('SELECT Id FROM User');
    expect(answer.totalSize).toBe(2);
  });
});

describe('the web server flow', () => {
  it('gives tokens for a code and the verifier it was asked with', async () => {
    await start();
    const oauth2 = new OAuth2({
      loginUrl: sandbox.url,
      clientId: sandbox.clientId,
      clientSecret: sandbox.clientSecret,
      redirectUri: 'http://localhost/callback',
      useVerifier: true,
    });
    const consent = await fetch(oauth2.getAuthorizationUrl({ state: 'xyz' }), { redirect: 'manual' });
    const target = new URL(consent.headers.get('location') ?? '');
    expect(target.searchParams.get('state')).toBe('xyz');
    const connection = new Connection({ oauth2, version: VERSION });
    await connection.authorize(target.searchParams.get('code') ?? '');
    expect(connection.refreshToken).toBeTruthy();
    expect((await connection.query('SELECT Id FROM User')).done).toBe(true);
  });

  it('refuses a verifier that does not fit the challenge', async () => {
    await start();
    const challenge = createHash('sha256').update('right').digest('base64url');
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: sandbox.clientId,
      redirect_uri: 'http://localhost/callback',
      code_challenge: challenge,
    });
    const consent = await fetch(`${sandbox.url}/services/oauth2/authorize?${query.toString()}`, {
      redirect: 'manual',
    });
    const code = new URL(consent.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const { json } = await postForm(tokenUrl(), {
      grant_type: 'authorization_code',
      code,
      client_id: sandbox.clientId,
      client_secret: sandbox.clientSecret,
      redirect_uri: 'http://localhost/callback',
      code_verifier: 'wrong',
    });
    expect(json['error']).toBe('invalid_request');
  });
});

describe('a session that ended', () => {
  it('is told so in an array with a code', async () => {
    await start();
    const call = createApiCall(sandbox);
    sandbox.expireSessions();
    const answer = await call('GET', '/limits');
    expect(answer.status).toBe(401);
    expect(answer.json).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
  });

  it('is a SOAP fault with status 500 for the Metadata API', async () => {
    await start();
    const connection = connectJsforce(sandbox);
    sandbox.expireSessions();
    const error = await catchApiError(connection.metadata.read('Layout', ['Account-Account Layout']));
    expect(error.errorCode).toBe('sf:INVALID_SESSION_ID');
  });

  it('is also what an inactive user gets', async () => {
    await start();
    const call = createApiCall(sandbox);
    sandbox.org.makeUserInactive(sandbox.org.integrationUserId);
    expect((await call('GET', '/limits')).status).toBe(401);
  });

  it('comes of revoking the token', async () => {
    await start();
    const token = sandbox.openSession();
    const call = createApiCall(sandbox, token);
    const revoked = await fetch(`${sandbox.url}/services/oauth2/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token }).toString(),
    });
    expect(revoked.status).toBe(200);
    expect((await call('GET', '/limits')).status).toBe(401);
  });
});
