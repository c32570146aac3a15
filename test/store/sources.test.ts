import { describe, expect, it } from 'vitest';
import type { CompanyReference, KeyAnchor, Membership, SourceLoad, SourceRow, Store } from '#ports/store.ts';
import { collect, each, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const surge: SourceLoad = {
  source: 'surge',
  kind: 'intent-scores',
  method: 'coop_consented',
  fingerprint: 'f1',
  loadedAt: '2026-11-20T02:00:00.000Z',
};

const nobody: CompanyReference = {
  companyKey: null,
  crm: null,
  identifiers: [],
  domain: null,
  nameCountry: null,
};

function rowOf(
  rowNumber: number,
  company: Partial<CompanyReference> = {},
  more: Partial<SourceRow> = {},
): SourceRow {
  return {
    rowNumber,
    company: { ...nobody, ...company },
    email: null,
    at: '2026-11-18',
    fields: { topic: 'ERP', score: 71.5 },
    ...more,
  };
}

async function carryOutRun(store: Store, finishedAt: string): Promise<void> {
  await store.runs.start({
    id: `run-${finishedAt}`,
    mode: 'live',
    asOf: finishedAt,
    startedAt: finishedAt,
    policyHash: 'hash',
    connections: ['sf'],
    options: {},
  });
  await store.runs.finish(`run-${finishedAt}`, 'done', finishedAt, {});
}

async function load(store: Store, rows: readonly SourceRow[], settings: Partial<SourceLoad> = {}) {
  return await store.sources.load({ ...surge, ...settings }, each(rows.map((row) => ({ row }))));
}

describe('load', () => {
  it('counts rows and refused rows and remembers the load', async () => {
    const store = await openTestStore();
    const result = await store.sources.load(
      surge,
      each([
        { row: rowOf(1) },
        { refused: { rowNumber: 2, reason: 'score 101 is above 100' } },
        { row: rowOf(3) },
      ]),
    );
    expect(result).toEqual({ ...surge, rows: 2, refused: 1, previousRows: null });
    expect(await store.sources.lastLoad('surge')).toEqual(result);
    expect(await collect(store.sources.refused('surge'))).toEqual([
      { rowNumber: 2, reason: 'score 101 is above 100' },
    ]);
  });

  it('replaces the rows before', async () => {
    const store = await openTestStore();
    await load(store, [rowOf(1), rowOf(2), rowOf(3)]);
    const second = await load(store, [rowOf(1, {}, { at: '2026-11-01' })], { fingerprint: 'f2' });
    expect(second).toMatchObject({ rows: 1, fingerprint: 'f2' });
    expect(await store.sources.firstAt('surge')).toBe('2026-11-01');
  });

  it('tells how many rows there were when a run was last carried out, whatever was looked at since', async () => {
    const store = await openTestStore();
    await load(store, [rowOf(1), rowOf(2), rowOf(3)]);
    await carryOutRun(store, '2026-11-20T02:10:00.000Z');
    const looked = await load(store, [rowOf(1)], { loadedAt: '2026-11-21T02:00:00.000Z' });
    const again = await load(store, [rowOf(1), rowOf(2)], { loadedAt: '2026-11-22T02:00:00.000Z' });
    expect([looked.previousRows, again.previousRows]).toEqual([3, 3]);
    await carryOutRun(store, '2026-11-22T02:10:00.000Z');
    const next = await load(store, [rowOf(1)], { loadedAt: '2026-11-23T02:00:00.000Z' });
    expect(next.previousRows).toBe(2);
  });

  it('leaves the earlier load standing when the rows break off', async () => {
    const store = await openTestStore();
    const first = await load(store, [rowOf(1), rowOf(2)]);
    async function* breaking() {
      for (let number = 1; number < 5_000; number += 1) yield { row: rowOf(number) };
      throw new Error('the file ends in the middle of a row');
    }
    await expect(store.sources.load({ ...surge, fingerprint: 'f2' }, breaking())).rejects.toThrow(
      'the file ends',
    );
    expect(await store.sources.lastLoad('surge')).toEqual(first);
    expect(await store.sources.resolve()).toEqual({ resolved: 0, unresolved: 2 });
  });

  it('forgets sources that the workspace no longer names', async () => {
    const store = await openTestStore();
    await load(store, [rowOf(1)]);
    await load(store, [rowOf(1)], { source: 'g2' });
    await store.sources.keepOnly(['g2']);
    expect(await store.sources.lastLoad('surge')).toBeNull();
    expect(await store.sources.firstAt('surge')).toBeNull();
    expect(await store.sources.lastLoad('g2')).not.toBeNull();
  });

  it('lists the distinct values of a column over sources of some kinds', async () => {
    const store = await openTestStore();
    await load(store, [
      rowOf(1),
      rowOf(2, {}, { fields: { topic: 'CRM' } }),
      rowOf(3, {}, { fields: { topic: null } }),
    ]);
    await load(store, [rowOf(1, {}, { fields: { topic: 'Web' } })], { source: 'web', kind: 'engagement' });
    expect(await store.sources.distinct(['intent-scores', 'intent-counts'], 'topic')).toEqual(['CRM', 'ERP']);
  });
});

function memberOf(connection: string, object: 'account' | 'contact', id: string, key: string): Membership {
  return { connection, object, id, key, family: null, evidence: [], confidence: 1, review: false };
}

/** Account `a` of sf has key k1 and swallowed `old`; account `b` of hs has k2; both have a contact x@shared.example. */
async function openKeyedStore(): Promise<Store> {
  const store = await openTestStore();
  await store.records.put('r1', [
    recordOf('account', 'a'),
    recordOf('account', 'old'),
    recordOf('account', 'both'),
    recordOf('account', 'both', {}, { connection: 'hs' }),
    recordOf('account', 'b', {}, { connection: 'hs' }),
    recordOf('contact', 'c', { email: 'Ann@A.example' }),
    recordOf('contact', 'd', { email: 'x@shared.example' }),
    recordOf('contact', 'e', { email: 'x@shared.example' }, { connection: 'hs' }),
  ]);
  await store.records.merge('sf', 'account', 'old', 'a');
  const anchors: readonly KeyAnchor[] = [
    { kind: 'domain', value: 'a.example', key: 'k1' },
    { kind: 'domain', value: 'b.example', key: 'k2' },
    { kind: 'domain', value: 'torn.example', key: 'k1' },
    { kind: 'domain', value: 'torn.example', key: 'k2' },
    { kind: 'identifier', value: 'lei:1', key: 'k1' },
    { kind: 'identifier', value: 'lei:2', key: 'k2' },
    { kind: 'name_country', value: 'acme|DE', key: 'k2' },
  ];
  await store.keys.assign(
    'r1',
    'm',
    each([
      memberOf('sf', 'account', 'a', 'k1'),
      memberOf('sf', 'account', 'both', 'k1'),
      memberOf('hs', 'account', 'both', 'k2'),
      memberOf('hs', 'account', 'b', 'k2'),
      memberOf('sf', 'contact', 'c', 'k1'),
      memberOf('sf', 'contact', 'd', 'k1'),
      memberOf('hs', 'contact', 'e', 'k2'),
    ]),
    [
      { kind: 'mint', key: 'k0' },
      { kind: 'merge', key: 'k0', into: 'k1' },
    ],
    each(anchors),
  );
  return store;
}

async function keyOfRow(store: Store, row: SourceRow): Promise<string | null> {
  await load(store, [row]);
  await store.sources.resolve();
  for await (const dossier of store.dossiers.stream())
    if (dossier.sourceRows.length > 0) return dossier.companyKey;
  return null;
}

describe('resolve', () => {
  it.each<[string, Partial<CompanyReference>, string | null, string | null]>([
    ['a company key', { companyKey: 'k2' }, null, 'k2'],
    ['a key that was merged', { companyKey: 'k0' }, null, 'k1'],
    ['a key nobody minted', { companyKey: 'kx' }, null, null],
    ['a CRM id', { crm: { connection: 'sf', id: 'a' } }, null, 'k1'],
    ['a CRM id that was merged away', { crm: { connection: 'sf', id: 'old' } }, null, 'k1'],
    ['a CRM id without its connection', { crm: { connection: null, id: 'b' } }, null, 'k2'],
    ['an id of two CRMs that mean two companies', { crm: { connection: null, id: 'both' } }, null, null],
    ['an id of another connection', { crm: { connection: 'hs', id: 'a' } }, null, null],
    ['an identifier', { identifiers: ['duns:9', 'lei:2'] }, null, 'k2'],
    ['the first identifier that is known', { identifiers: ['lei:2', 'lei:1'] }, null, 'k2'],
    ['a domain', { domain: 'a.example' }, null, 'k1'],
    ['a domain that stands for two companies', { domain: 'torn.example' }, null, null],
    ['name and country', { nameCountry: 'acme|DE' }, null, 'k2'],
    ['a contact’s e-mail, in any case', {}, 'ann@a.example', 'k1'],
    ['an e-mail of contacts of two companies', {}, 'x@shared.example', null],
  ])('joins by %s', async (_, company, email, key) => {
    const store = await openKeyedStore();
    expect(await keyOfRow(store, rowOf(1, company, { email }))).toBe(key);
  });

  it('lets the first way that knows the company decide', async () => {
    const store = await openKeyedStore();
    const ways = [
      { companyKey: 'k1' },
      { crm: { connection: 'sf', id: 'a' } },
      { identifiers: ['lei:1'] },
      { domain: 'a.example' },
    ] as const;
    const others: Partial<CompanyReference> = {
      crm: { connection: 'hs', id: 'b' },
      identifiers: ['lei:2'],
      domain: 'b.example',
      nameCountry: 'acme|DE',
    };
    for (const [rank, way] of ways.entries()) {
      const below = Object.fromEntries(Object.entries(others).slice(rank));
      expect(await keyOfRow(store, rowOf(1, { ...below, ...way }, { email: 'x@y.z' }))).toBe('k1');
    }
  });

  it('follows the keys when they change, and counts', async () => {
    const store = await openKeyedStore();
    await load(store, [rowOf(1, { domain: 'a.example' }), rowOf(2, { domain: 'nobody.example' })]);
    expect(await store.sources.resolve()).toEqual({ resolved: 1, unresolved: 1 });
    await store.keys.assign('r2', 'm', each([]), [], each([]));
    expect(await store.sources.resolve()).toEqual({ resolved: 0, unresolved: 2 });
  });
});
