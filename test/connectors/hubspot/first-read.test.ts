// Holds the call budget of the first read. With TIERLINE_TIMED=1 it also runs at 120 ms a call under HubSpot's own limits,
// which takes about 20 s: npx vitest run test/connectors/hubspot/first-read.test.ts
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Crm } from '#ports/crm.ts';
import { type HubspotSandbox, startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { connectTo, pullAll, QUICK_RETRY } from './connected.ts';

const COMPANIES = 10_000;
const CONTACTS = 30_000;
const UNLIMITED = 1_000_000;

async function startFilled(options: Parameters<typeof startHubspotSandbox>[0]): Promise<HubspotSandbox> {
  const sandbox = await startHubspotSandbox({ searchLagMs: 0, ...options });
  for (let index = 0; index < COMPANIES; index += 1)
    sandbox.portal.insert('companies', { name: `Company ${index}` });
  for (let index = 0; index < CONTACTS; index += 1)
    sandbox.portal.insert('contacts', { firstname: `Person ${index}` });
  return sandbox;
}

/** Reads both objects at once, as a run does, and checks that nothing is missing. */
async function readEverything(crm: Crm): Promise<void> {
  const [companies, contacts] = await Promise.all([
    pullAll(crm, { fields: ['name', 'domain', 'country', 'industry', 'annualrevenue'] }),
    pullAll(crm, {
      object: 'contact',
      crmObject: 'contacts',
      fields: ['firstname', 'lastname', 'email', 'jobtitle', 'associatedcompanyid'],
    }),
  ]);
  for (const [pulled, count] of [
    [companies, COMPANIES],
    [contacts, CONTACTS],
  ] as const) {
    expect(new Set(pulled.records.map(({ id }) => id)).size).toBe(count);
    expect(pulled.end.counted).toBe(count);
  }
}

describe('the first read of 10,000 companies and 30,000 contacts', () => {
  let sandbox: HubspotSandbox;
  let crm: Crm;

  beforeAll(async () => {
    sandbox = await startFilled({ limits: { tenSecondly: UNLIMITED, searchPerSecond: UNLIMITED } });
    crm = connectTo(sandbox, {
      timings: {
        retry: QUICK_RETRY,
        burst: { limit: UNLIMITED, intervalMs: 1 },
        search: { limit: UNLIMITED, intervalMs: 1 },
      },
    });
  });
  afterAll(async () => {
    await crm.close();
    await sandbox.close();
  });

  it('takes fewer calls from both ends than the 404 of a list alone', async () => {
    const before = crm.usage().read;
    await readEverything(crm);
    expect(crm.usage().read - before).toBeLessThanOrEqual(330);
  });

  it('takes no more than 404 calls when search cannot be used', async () => {
    const before = crm.usage().read;
    const restore = sandbox.faults.inject({
      path: '/search',
      times: Number.POSITIVE_INFINITY,
      fault: { kind: 'status', status: 400, body: { status: 'error', category: 'VALIDATION_ERROR' } },
    });
    await readEverything(crm);
    restore();
    expect(crm.usage().read - before).toBeLessThanOrEqual(404);
  });
});

describe.runIf(process.env['TIERLINE_TIMED'] === '1')('the first read, timed', () => {
  it('takes at most 30 seconds at 120 ms a call and HubSpot’s own limits', async ({ annotate }) => {
    const sandbox = await startFilled({ latencyMs: 120 });
    const crm = connectTo(sandbox);
    const startedAtMs = performance.now();
    await readEverything(crm);
    const seconds = (performance.now() - startedAtMs) / 1000;
    const { entries } = sandbox.calls;
    const searches = entries.filter(({ path }) => path.endsWith('/search')).length;
    await annotate(`${seconds.toFixed(1)} s, ${crm.usage().read} reads, ${searches} of them searches`);
    // HubSpot certifies apps whose errors stay below 5 %; on an idle machine there are none.
    expect(entries.filter(({ status }) => status >= 400).length).toBeLessThan(entries.length * 0.05);
    expect(seconds).toBeLessThanOrEqual(30);
    await crm.close();
    await sandbox.close();
  });
});
