import { describe, expect, it } from 'vitest';
import { type Api, startPortal, textOf } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';

const refresh = async (api: Api, fields: Record<string, string> = {}, path = '/oauth/2026-03/token') => {
  const { clientId, clientSecret, refreshToken } = api.sandbox.oauth;
  const response = await fetch(api.sandbox.url + path, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
      ...fields,
    }),
  });
  const body: unknown = await response.json();
  return { status: response.status, body };
};

const accessToken = (body: unknown): string =>
  typeof body === 'object' && body !== null && 'access_token' in body ? textOf(body.access_token) : '';

describe('tokens', () => {
  it('are asked for', async () => {
    const api = await startPortal();
    const { status, body } = await api.as(null).get(COMPANIES);
    expect(status).toBe(401);
    expect(body).toMatchObject({ status: 'error', category: 'INVALID_AUTHENTICATION' });
  });

  it('that nobody can read have expired when time began', async () => {
    const api = await startPortal({ now: () => Date.UTC(2026, 3, 1) });
    const { status, body } = await api.as('no-token').get(COMPANIES);
    expect(status).toBe(401);
    expect(body).toMatchObject({ category: 'EXPIRED_AUTHENTICATION' });
    expect(body['message']).toBe('The OAuth token used to make this call expired 20544 day(s) ago.');
  });

  it('that expired say since when', async () => {
    const api = await startPortal();
    api.sandbox.portal.expireToken();
    const { status, body } = await api.get(COMPANIES);
    expect(status).toBe(401);
    expect(body).toMatchObject({
      category: 'EXPIRED_AUTHENTICATION',
      message: 'The OAuth token used to make this call expired 75 second(s) ago.',
      context: { 'expire time': [expect.any(String)] },
    });
  });
});

describe('OAuth', () => {
  it.each(['/oauth/v1/token', '/oauth/v3/token', '/oauth/2026-03/token', '/oauth/2026-09/token'])(
    'gives an access token that works at %s',
    async (path) => {
      const api = await startPortal();
      const { status, body } = await refresh(api, {}, path);
      expect(status).toBe(200);
      expect(body).toMatchObject({ token_type: 'bearer', expires_in: 1800, hub_id: api.sandbox.portal.id });
      expect((await api.as(accessToken(body)).get(COMPANIES)).status).toBe(200);
    },
  );

  it('lets access tokens die after the time it said', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ now: () => nowMs, oauth: { accessTokenSeconds: 60 } });
    const app = api.as(accessToken((await refresh(api)).body));
    nowMs += 59_000;
    expect((await app.get(COMPANIES)).status).toBe(200);
    nowMs += 1_000;
    expect((await app.get(COMPANIES)).status).toBe(401);
  });

  it('ends a used refresh token when it rotates them', async () => {
    const api = await startPortal({ oauth: { rotatesRefreshTokens: true } });
    const old = api.sandbox.oauth.refreshToken;
    const first = await refresh(api);
    expect(first.body).toMatchObject({ refresh_token: api.sandbox.oauth.refreshToken });
    expect(api.sandbox.oauth.refreshToken).not.toBe(old);
    expect(await refresh(api, { refresh_token: old })).toMatchObject({
      status: 400,
      body: { status: 'BAD_REFRESH_TOKEN' },
    });
  });

  it('refuses an unknown client', async () => {
    const api = await startPortal();
    expect(await refresh(api, { client_id: 'x' })).toMatchObject({
      status: 400,
      body: { status: 'BAD_CLIENT_ID' },
    });
  });

  it('says of a token whether it is alive and what it may do', async () => {
    const api = await startPortal({ scopes: ['crm.objects.companies.read'] });
    const token = accessToken((await refresh(api)).body);
    const introspect = async (candidate: string) => {
      const response = await fetch(`${api.sandbox.url}/oauth/2026-03/token/introspect`, {
        method: 'POST',
        body: new URLSearchParams({ token: candidate }),
      });
      return response.json();
    };
    expect(await introspect(token)).toMatchObject({ active: true, scopes: ['crm.objects.companies.read'] });
    expect(await introspect('other')).toEqual({ active: false });
  });
});

describe('scopes', () => {
  it.each([
    ['GET', '/crm/objects/2026-03/companies', 'crm.objects.companies.read'],
    ['POST', '/crm/objects/2026-03/companies/batch/update', 'crm.objects.companies.write'],
    ['POST', '/crm/objects/2026-03/companies/search', 'crm.objects.companies.read'],
    ['POST', '/crm/v3/objects/0-3/batch/read', 'crm.objects.deals.read'],
    ['POST', '/crm/objects/2026-03/tasks', 'crm.objects.contacts.write'],
    ['POST', '/crm/properties/2026-03/contacts/batch/create', 'crm.schemas.contacts.write'],
    ['GET', '/crm/owners/2026-03', 'crm.objects.owners.read'],
  ])('%s %s needs %s', async (method, path, scope) => {
    const api = await startPortal({ scopes: [] });
    const { status, body } = method === 'GET' ? await api.get(path) : await api.post(path, {});
    expect(status).toBe(403);
    expect(body).toMatchObject({
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: [scope] } }],
    });
    api.sandbox.portal.grantScope(scope);
    const granted = method === 'GET' ? await api.get(path) : await api.post(path, {});
    expect(granted.status).not.toBe(403);
  });

  it('lets associations be read with the scope of either end', async () => {
    const api = await startPortal({ scopes: ['crm.objects.companies.read'] });
    const path = '/crm/associations/2026-03/contacts/companies/batch/read';
    expect((await api.post(path, { inputs: [{ id: '1' }] })).status).toBe(207);
    api.sandbox.portal.revokeScope('crm.objects.companies.read');
    const refused = await api.post(path, { inputs: [{ id: '1' }] });
    expect(refused.body['errors']?.['0']?.['context']?.['requiredGranularScopes']).toEqual([
      'crm.objects.contacts.read',
      'crm.objects.companies.read',
    ]);
  });

  it('lets definitions be read with a scope of records', async () => {
    const api = await startPortal({ scopes: ['crm.objects.companies.read'] });
    expect((await api.get('/crm/properties/2026-03/companies')).status).toBe(200);
  });
});
