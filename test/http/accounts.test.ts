// Accounts over HTTP: the list in its order, page by page, searched and filtered; and one account explained.
import { beforeAll, describe, expect, it } from 'vitest';
import { TIERS, type Tier } from '#domain/tier/tier.ts';
import { recordOf } from '#test/store/records-of.ts';
import { administer } from '#test/store/store-fixture.ts';
import { callService } from './service-client.ts';
import { startTestService, type TestService } from './service-fixture.ts';

interface Company {
  readonly key: string;
  readonly name: string;
  readonly tier: Tier;
  readonly priority: number;
  readonly domain?: string;
}

/** Several with one priority, so that pages can end among equals. */
const COMPANIES: readonly Company[] = [
  { key: 'co_a', name: 'Alpha 100% GmbH', tier: 'Tier 1', priority: 80, domain: 'alpha.example' },
  { key: 'co_b', name: 'Beta Inc', tier: 'Tier 1', priority: 80 },
  { key: 'co_c', name: 'Gamma Ltd', tier: 'Tier 1', priority: 95.5 },
  { key: 'co_d', name: '青風製作所合同会社', tier: 'Tier 2', priority: 10 },
  { key: 'co_e', name: 'Epsilon_AB', tier: 'Tier 2', priority: 10 },
  { key: 'co_f', name: 'EpsilonXAB', tier: 'Tier 2', priority: 10 },
  { key: 'co_g', name: 'Eta', tier: 'Not tiered', priority: 0 },
  { key: 'co_h', name: 'Theta', tier: 'Excluded', priority: 99 },
];
const IN_ORDER = ['co_c', 'co_a', 'co_b', 'co_d', 'co_e', 'co_f', 'co_g', 'co_h'];

let service: TestService;
let viewer: { readonly headers: Readonly<Record<string, string>> };

beforeAll(async () => {
  service = await startTestService();
  viewer = { headers: { authorization: `Bearer ${(await service.apiKey('viewer')).key}` } };
  await storeCompanies('run-1', COMPANIES);
});

async function storeCompanies(run: string, companies: readonly Company[]): Promise<void> {
  const { store } = service;
  const records = companies.map(({ key, name, domain }) =>
    recordOf('account', `id-${key}`, { name, ...(domain === undefined ? {} : { domain }) }),
  );
  await store.records.put(run, records);
  // What the key step leaves behind, without its work.
  await administer(
    service.databaseUrl,
    `update tierline.records set company_key = substr(id, 4) where object = 'account'`,
    service.databaseUrl,
  );
  const writer = await store.plans.openWriter(run);
  for (const company of companies)
    await writer.addResult({ companyKey: company.key, tierState: {}, evaluation: evaluationOf(company) });
  await writer.commit(true);
}

function evaluationOf({ key, name, tier, priority }: Company) {
  return {
    companyKey: key,
    name,
    tier,
    priority,
    reason: `${tier} since 20 Nov 2026.`,
    nextStep: null,
    since: '2026-11-20',
    reviewDate: null,
    fit: { score: 90.3 },
    intent: { score: 0 },
    engagement: { score: 12 },
  };
}

async function keysOf(query: string): Promise<readonly string[]> {
  const { status, body } = await callService(service.url, `GET /api/accounts${query}`, viewer);
  expect(status).toBe(200);
  return body.accounts.map(({ companyKey }: { companyKey: string }) => companyKey);
}

describe('the list of accounts', () => {
  it('has the best tier first, in it the most urgent, with what people look for', async () => {
    const { body } = await callService(service.url, 'GET /api/accounts', viewer);
    expect(body.accounts.map(({ companyKey }: { companyKey: string }) => companyKey)).toEqual(IN_ORDER);
    expect(body.next).toBeNull();
    expect(body.accounts[0]).toEqual({
      companyKey: 'co_c',
      name: 'Gamma Ltd',
      tier: 'Tier 1',
      reason: 'Tier 1 since 20 Nov 2026.',
      nextStep: null,
      since: '2026-11-20',
      reviewDate: null,
      fit: 90.3,
      intent: 0,
      engagement: 12,
      priority: 95.5,
      run: 'run-1',
      records: [{ connection: 'sf', id: 'id-co_c', name: 'Gamma Ltd' }],
    });
  });

  it.each([1, 2, 3, 7, 8])(
    'in pages of %i is the same list, nothing twice and nothing left out',
    async (limit) => {
      const all: string[] = [];
      let cursor: string | null = '';
      while (cursor !== null) {
        const query: string = `?limit=${limit}${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const { body } = await callService(service.url, `GET /api/accounts${query}`, viewer);
        all.push(...body.accounts.map(({ companyKey }: { companyKey: string }) => companyKey));
        cursor = body.next;
      }
      expect(all).toEqual(IN_ORDER);
    },
  );

  it('can be asked for one tier', async () => {
    for (const tier of TIERS) {
      const wanted = IN_ORDER.filter(
        (key) => COMPANIES.find((company) => company.key === key)?.tier === tier,
      );
      expect(await keysOf(`?tier=${encodeURIComponent(tier)}`)).toEqual(wanted);
    }
  });

  it('can be searched by part of a name, or by domain, id and key', async () => {
    const searches: readonly (readonly [string, readonly string[]])[] = [
      ['ALPHA', ['co_a']],
      ['青風', ['co_d']],
      ['100%', ['co_a']],
      ['n_a', ['co_e']],
      ['alpha.example', ['co_a']],
      ['id-co_b', ['co_b']],
      ['co_h', ['co_h']],
      [String.raw`\ `.trim(), []],
    ];
    for (const [text, wanted] of searches)
      expect(await keysOf(`?q=${encodeURIComponent(text)}`)).toEqual(wanted);
    expect(await keysOf('?q=epsilon&tier=Tier%202')).toEqual(['co_e', 'co_f']);
    expect(await keysOf('?q=epsilon&tier=Tier%201')).toEqual([]);
  });

  it('counts the tiers', async () => {
    const { body } = await callService(service.url, 'GET /api/tiers', viewer);
    expect(body.tiers).toEqual({
      'Tier 1': 3,
      'Tier 2': 3,
      'Tier 3': 0,
      'Not tiered': 1,
      Unscored: 0,
      Excluded: 1,
    });
  });
});

describe('one account', () => {
  it('is explained by key, id, domain or exact name', async () => {
    for (const named of ['co_a', 'id-co_a', 'alpha.example', 'alpha 100% gmbh']) {
      const { status, body } = await callService(
        service.url,
        `GET /api/accounts/${encodeURIComponent(named)}`,
        viewer,
      );
      expect([status, body.schema, body.name]).toEqual([200, 'tierline.explain/1', 'Alpha 100% GmbH']);
    }
  });

  it('that is not there is a 404 that says how accounts are named', async () => {
    const { status, body } = await callService(service.url, 'GET /api/accounts/nobody', viewer);
    expect([status, body.type]).toEqual([404, 'urn:tierline:problem:not-found']);
    expect(body.next).toContain('CRM id');
  });
});

describe('a later run', () => {
  it('moves its companies in the list, and a company whose accounts are gone leaves it', async () => {
    const later = await startTestService();
    const first = service;
    service = later;
    try {
      const headers = { authorization: `Bearer ${(await later.apiKey('viewer')).key}` };
      const [one, two] = [
        { key: 'co_1', name: 'One', tier: 'Tier 3', priority: 5 },
        { key: 'co_2', name: 'Two', tier: 'Tier 3', priority: 4 },
      ] as const;
      await storeCompanies('run-1', [one, two]);
      await storeCompanies('run-2', [{ ...two, tier: 'Tier 1', name: 'Two renamed' }]);
      await later.store.records.put('run-3', [
        recordOf('account', 'id-co_1', {}, { deleted: true, modifiedAt: '2026-11-21T00:00:00.000Z' }),
      ]);
      const { body } = await callService(later.url, 'GET /api/accounts?q=renamed', { headers });
      expect(body.accounts).toMatchObject([{ companyKey: 'co_2', tier: 'Tier 1', run: 'run-2' }]);
      const all = await callService(later.url, 'GET /api/accounts', { headers });
      expect(all.body.accounts).toHaveLength(1);
    } finally {
      service = first;
    }
  });
});
