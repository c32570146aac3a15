import { describe, expect, it } from 'vitest';
import {
  expiredTokenFault,
  lockedFault,
  migrationFault,
  proxyPageFault,
  rateLimitedFault,
  unavailableFault,
} from '#sandbox/hubspot/vendor-faults.ts';
import { startPortal } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';

describe('faults on demand', () => {
  it.each([
    ['a lock', lockedFault(), 423],
    ['a migration', migrationFault(3600), 477],
    ['an outage', unavailableFault(), 503],
    ['a bad gateway', unavailableFault(502), 502],
    ['a rate limit', rateLimitedFault('SECONDLY'), 429],
    ['an expired token', expiredTokenFault(), 401],
    ['a proxy’s page', proxyPageFault(), 200],
  ])('%s happens once, and then no more', async (_name, fault, status) => {
    const api = await startPortal();
    api.sandbox.faults.inject({ path: '/companies', fault });
    expect((await api.get(COMPANIES)).status).toBe(status);
    const next = await api.get(COMPANIES);
    expect(next.status).toBe(200);
    expect(next.body).toHaveProperty('results');
  });

  it('a migration says how long to wait', async () => {
    const api = await startPortal();
    api.sandbox.faults.inject({ fault: migrationFault(3600) });
    expect((await api.get(COMPANIES)).headers.get('retry-after')).toBe('3600');
  });

  it('a connection cut before the commit leaves nothing behind', async () => {
    const api = await startPortal();
    api.sandbox.faults.inject({ method: 'POST', fault: { kind: 'cut-before' } });
    await expect(api.post(COMPANIES, { properties: { name: 'Acme' } })).rejects.toThrow('fetch failed');
    expect(api.sandbox.portal.records('companies')).toHaveLength(0);
  });

  it('a connection cut after the commit leaves the record behind', async () => {
    const api = await startPortal();
    api.sandbox.faults.inject({ method: 'POST', fault: { kind: 'cut-after-commit' } });
    await expect(api.post(COMPANIES, { properties: { name: 'Acme' } })).rejects.toThrow('fetch failed');
    expect(api.sandbox.portal.records('companies')).toHaveLength(1);
  });

  it('a body cut in the middle does not read as an answer', async () => {
    const api = await startPortal();
    api.sandbox.portal.insert('companies', { name: 'Acme' });
    api.sandbox.faults.inject({ method: 'GET', fault: { kind: 'cut-mid-body' } });
    await expect(api.get(COMPANIES)).rejects.toThrow('terminated');
  });
});

describe('the call log', () => {
  it('counts reads and writes of records, and neither definitions nor owners', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    await api.get(COMPANIES);
    await api.post(`${COMPANIES}/search`, {});
    await api.post(`${COMPANIES}/batch/read`, { inputs: [{ id }] });
    await api.post(`/crm/associations/2026-03/companies/contacts/batch/read`, { inputs: [{ id }] });
    await api.post(`${COMPANIES}/batch/update`, { inputs: [{ id, properties: { name: 'Acme AG' } }] });
    await api.get('/crm/properties/2026-03/companies');
    await api.get('/crm/owners/2026-03');
    await api.get('/account-info/2026-03/details');
    const { calls } = api.sandbox;
    expect([calls.count('read'), calls.count('write'), calls.count('other')]).toEqual([4, 1, 3]);
  });
});

describe('the sandbox’s own door', () => {
  it('edits a record as a person, without a token and without counting', async () => {
    const api = await startPortal();
    const { id } = api.sandbox.portal.insert('companies', { name: 'Acme' });
    const { status } = await api.as(null).post('/_sandbox/edit', {
      type: 'companies',
      id,
      fields: { name: 'Acme AG' },
    });
    expect(status).toBe(200);
    expect(api.sandbox.portal.record('companies', id)?.properties['name']).toBe('Acme AG');
    expect(api.sandbox.calls.count()).toBe(0);
  });
});
