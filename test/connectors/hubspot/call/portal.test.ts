import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthError, RateLimitedError } from '#errors/errors.ts';
import type { Crm } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { expiredTokenFault, migrationFault, rateLimitedFault } from '#sandbox/hubspot/vendor-faults.ts';
import {
  type ConnectOptions,
  connectTo,
  createHastyClock,
  createKeptLog,
  createTokenStore,
  pullAll,
} from '../connected.ts';

describe('talking to a portal', () => {
  let sandbox: HubspotSandbox;
  const open: Crm[] = [];

  beforeEach(async () => {
    sandbox = await startHubspotSandbox({ searchLagMs: 0, oauth: { rotatesRefreshTokens: true } });
    sandbox.portal.insert('companies', { name: 'Acme' });
  });
  afterEach(async () => {
    for (const crm of open.splice(0)) await crm.close();
    await sandbox.close();
  });

  const connect = (options: ConnectOptions = {}): Crm => {
    const crm = connectTo(sandbox, options);
    open.push(crm);
    return crm;
  };
  const withApp = (options: ConnectOptions = {}): Crm =>
    connect({ auth: { flow: 'refresh-token', ...sandbox.oauth }, ...options });

  it('makes no call before it is asked something', () => {
    connect();
    expect(sandbox.calls.count()).toBe(0);
  });

  it('knows the portal it talks to and the day’s calls used', async () => {
    const crm = connect();
    expect(await crm.identify()).toEqual({ organisation: '8800001', actor: null });
    await crm.owners();
    expect(crm.usage().daily).toEqual({ used: 3, limit: 625_000 });
  });

  it('goes on without the portal’s id when the credentials may not see it', async () => {
    sandbox.faults.inject({
      path: '/account-info/',
      fault: { kind: 'status', status: 403, body: { category: 'MISSING_SCOPES' } },
    });
    const crm = connect();
    expect((await crm.identify()).organisation).toBe('hs');
    expect((await pullAll(crm)).records).toHaveLength(1);
  });

  it('takes the portal’s id from the token’s answer where the account does not tell it', async () => {
    sandbox.faults.inject({
      path: '/account-info/',
      fault: { kind: 'status', status: 403, body: { category: 'MISSING_SCOPES' } },
    });
    expect((await withApp().identify()).organisation).toBe('8800001');
  });

  it('says at once that a service key is dead, without repeating the call', async () => {
    sandbox.portal.expireToken();
    const dead = await pullAll(connect()).catch((error: unknown) => error);
    expect(dead).toBeInstanceOf(AuthError);
    expect(dead instanceof AuthError && dead.next).toMatch(/service key/);
    expect(sandbox.calls.count()).toBe(1);
  });

  it('gets a new token when HubSpot refuses the one it has, and sends the call again', async () => {
    const crm = withApp();
    await crm.identify();
    sandbox.faults.inject({ path: '/objects/', fault: expiredTokenFault() });
    expect((await pullAll(crm)).records).toHaveLength(1);
  });

  it('keeps the refresh token that HubSpot rotated and starts with it the next time', async () => {
    const tokens = createTokenStore();
    const first = sandbox.oauth;
    await withApp({ tokens }).identify();
    expect(tokens.saved.get('hs')).toBe(sandbox.oauth.refreshToken);
    expect(sandbox.oauth.refreshToken).not.toBe(first.refreshToken);
    const again = connect({ auth: { flow: 'refresh-token', ...first }, tokens });
    expect((await again.identify()).organisation).toBe('8800001');
  });

  it('says what to do when the refresh token is dead', async () => {
    const crm = connect({ auth: { flow: 'refresh-token', ...sandbox.oauth, refreshToken: 'revoked' } });
    await expect(crm.identify()).rejects.toThrow(AuthError);
  });

  it('names the missing scope word for word', async () => {
    sandbox.portal.revokeScope('crm.objects.companies.read');
    sandbox.portal.revokeScope('crm.schemas.companies.read');
    const log = createKeptLog();
    const crm = connect({ log });
    expect(await crm.describe('companies')).toBeNull();
    expect(JSON.stringify(log.lines)).toContain('crm.objects.companies.read');
    const refused = await pullAll(crm).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AuthError);
    expect(refused instanceof AuthError && refused.next).toContain('crm.objects.companies.read');
  });

  it('asks again for a scope that was granted meanwhile when it had failed', async () => {
    const crm = connect();
    sandbox.faults.inject({ path: '/properties/', times: 99, fault: { kind: 'status', status: 500 } });
    await expect(crm.describe('companies')).rejects.toThrow(/500/);
    sandbox.faults.clear();
    expect(await crm.describe('companies')).not.toBeNull();
  });

  it('describes each object once', async () => {
    const crm = connect();
    await Promise.all([crm.describe('companies'), crm.describe('companies')]);
    await crm.describe('companies');
    expect(crm.usage().other).toBe(2);
  });

  it('parks a portal that is being moved for as long as HubSpot asks, and does not wait here', async () => {
    sandbox.faults.inject({ path: '/objects/', times: 9, fault: migrationFault(3_600) });
    const parked = await pullAll(connect()).catch((error: unknown) => error);
    expect(parked instanceof RateLimitedError && parked.retryAfterMs).toBe(3_600_000);
    expect(sandbox.calls.entries.filter(({ status }) => status === 477)).toHaveLength(1);
  });

  it('waits out a 429 of ten seconds and goes on', async () => {
    const clock = createHastyClock();
    const startMs = clock.now().getTime();
    sandbox.faults.inject({ path: '/objects/', fault: rateLimitedFault('TEN_SECONDLY_ROLLING') });
    expect((await pullAll(connect({ clock }))).records).toHaveLength(1);
    expect(clock.now().getTime() - startMs).toBeGreaterThanOrEqual(10_000);
  });

  it('shares the portal’s five searches a second between its connections', async () => {
    const cursor = new Date().toISOString();
    const both = [connect(), connect({ connection: 'hs2' })];
    for (const crm of both) await crm.identify();
    await Promise.all(both.flatMap((crm) => Array.from({ length: 4 }, () => pullAll(crm, { cursor }))));
    expect(sandbox.calls.entries.filter(({ path }) => path.endsWith('/search'))).toHaveLength(8);
    expect(sandbox.calls.entries.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('stops what is under way when it is closed', async () => {
    const crm = connect();
    await crm.identify();
    sandbox.faults.inject({ path: '/objects/', fault: { kind: 'delay', ms: 5_000 } });
    const pulling = pullAll(crm);
    setTimeout(() => void crm.close(), 50);
    await expect(pulling).rejects.toThrow(/stopped/);
  });
});
