import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CrmObject } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import type { CompanyDossier, Membership, SourceRow, Store } from '#ports/store.ts';
import { compareByteOrder } from '#store/dossiers/compare-byte-order.ts';
import { collect, each, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

function memberOf(record: StoredRecord, key: string | null): Membership {
  return {
    connection: record.connection,
    object: record.object,
    id: record.id,
    key,
    family: null,
    evidence: [],
    confidence: 1,
    review: false,
  };
}

async function openStoreWith(
  records: readonly StoredRecord[],
  keyOf: (record: StoredRecord) => string | null,
) {
  const store = await openTestStore();
  await store.records.put('r1', records);
  const keyed = records.filter((record) => record.object === 'account' || record.object === 'contact');
  await store.keys.assign(
    'r1',
    'm',
    each(keyed.map((record) => memberOf(record, keyOf(record)))),
    [],
    each([]),
  );
  return store;
}

describe('compareByteOrder', () => {
  it('orders any two texts as their UTF-8 bytes are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b));
        expect(Math.sign(compareByteOrder(a, b))).toBe(bytes);
      }),
    );
  });
});

describe('stream', () => {
  it('brings together all that is known of a company', async () => {
    const store = await openStoreWith(
      [
        recordOf('account', 'a', { name: 'Acme' }),
        recordOf('account', 'h', { name: 'ACME' }, { connection: 'hs' }),
        recordOf('contact', 'c', { accountId: 'a' }),
        recordOf('opportunity', 'o', { accountId: 'a', isWon: true }),
        recordOf('opportunity_role', 'r', { opportunityId: 'o' }),
        recordOf('task', 't', { accountId: 'a' }, { deleted: true }),
        recordOf('program', 'p', { accountId: 'h' }, { connection: 'hs' }),
      ],
      () => 'k',
    );
    await store.sources.load(
      { source: 'web', kind: 'engagement', method: 'first_party', fingerprint: 'f', loadedAt: '' },
      each([{ row: sourceRowOf(7, 'k') }]),
    );
    await store.sources.resolve();
    await writeOnce(store);

    const [dossier, ...others] = await collect(store.dossiers.stream());
    expect(others).toEqual([]);
    expect(dossier).toMatchObject({
      companyKey: 'k',
      accounts: [
        { connection: 'hs', id: 'h', lastWritten: {} },
        {
          connection: 'sf',
          id: 'a',
          fields: { name: 'Acme', tier: 'tier_1' },
          lastWritten: { tier: 'tier_1' },
        },
      ],
      contacts: [{ id: 'c' }],
      opportunities: [{ id: 'o', companyKey: 'k' }],
      opportunityRoles: [{ id: 'r', companyKey: 'k' }],
      tasks: [
        { id: 'new-task', lastWritten: { taskKey: 'sf:a:act_now:2026-11-21' } },
        { id: 't', deleted: true, lastWritten: {} },
      ],
      programs: [{ id: 'p', connection: 'hs' }],
      usedKeys: [
        {
          connection: 'sf',
          object: 'task',
          key: 'sf:a:act_now:2026-11-21',
          accountId: 'a',
          status: 'written',
          recordId: 'new-task',
        },
      ],
      tierState: { tier: 'Tier 1' },
    });
    expect(dossier?.sourceRows).toEqual([
      { ...sourceRowOf(7, 'k'), source: 'web', kind: 'engagement', method: 'first_party' },
    ]);
  });

  it('leaves out deleted accounts and contacts, and companies that have no others', async () => {
    const store = await openStoreWith(
      [
        recordOf('account', 'a'),
        recordOf('account', 'gone', {}, { deleted: true }),
        recordOf('contact', 'gone', {}, { deleted: true }),
        recordOf('task', 't', { accountId: 'gone' }),
      ],
      (record) => (record.id === 'a' ? 'k1' : 'k2'),
    );
    expect((await collect(store.dossiers.stream())).map((dossier) => dossier.companyKey)).toEqual(['k1']);
  });

  it('brings a company of which there is only a contact', async () => {
    const store = await openStoreWith([recordOf('contact', 'c')], () => 'k');
    expect(await collect(store.dossiers.stream())).toMatchObject([{ companyKey: 'k', accounts: [] }]);
  });

  it('brings just the companies asked for', async () => {
    const records = Array.from({ length: 30 }, (_, index) => recordOf('account', `a${index}`));
    const store = await openStoreWith(records, (record) => `k${record.id}`);
    const found = await collect(store.dossiers.stream({ keys: ['ka7', 'ka21', 'none'] }));
    expect(found.map((dossier) => dossier.companyKey)).toEqual(['ka21', 'ka7']);
    expect(await collect(store.dossiers.stream({ keys: [] }))).toEqual([]);
  });

  it('can be left early, again and again', async () => {
    const store = await openStoreWith(
      Array.from({ length: 1_200 }, (_, index) => recordOf('account', String(index))),
      (record) => record.id,
    );
    for (let round = 0; round < 15; round += 1) {
      for await (const dossier of store.dossiers.stream()) if (dossier.companyKey !== '') break;
    }
    expect(await collect(store.dossiers.stream())).toHaveLength(1_200);
  });

  it('shows one moment, whatever is written meanwhile', async () => {
    const store = await openStoreWith(
      Array.from({ length: 1_500 }, (_, index) => recordOf('account', String(index), { name: 'before' })),
      (record) => record.id,
    );
    const names = new Set<unknown>();
    let written = false;
    for await (const dossier of store.dossiers.stream()) {
      if (!written) await store.records.put('r2', [recordOf('account', '999', { name: 'after' })]);
      written = true;
      for (const account of dossier.accounts) names.add(account.fields['name']);
    }
    expect([...names]).toEqual(['before']);
  });

  it('groups several thousand companies', async () => {
    const records: StoredRecord[] = [];
    for (let company = 0; company < 4_000; company += 1) {
      records.push(recordOf('account', `a${company}`));
      for (let person = 0; person < company % 4; person += 1) {
        records.push(recordOf('contact', `c${company}-${person}`, { accountId: `a${company}` }));
      }
      if (company % 10 === 0)
        records.push(recordOf('opportunity', `o${company}`, { accountId: `a${company}` }));
    }
    const store = await openStoreWith(records, (record) => `co_${record.id.slice(1).split('-')[0]}`);
    const dossiers = await collect(store.dossiers.stream());
    const keys = dossiers.map((dossier) => dossier.companyKey);
    expect(keys).toEqual([...new Set(keys)].toSorted(compareByteOrder));
    expect(keys).toHaveLength(4_000);
    for (const dossier of dossiers) {
      const company = Number(dossier.companyKey.slice(3));
      expect(dossier.contacts).toHaveLength(company % 4);
      expect(dossier.opportunities).toHaveLength(company % 10 === 0 ? 1 : 0);
    }
  });

  it('is the same as grouping by hand, for any records, keys and deletions', async () => {
    const keyText = fc.oneof(
      fc.constantFrom('a', 'B', 'é', '\uffee', '\u{1f600}'),
      fc.string({ maxLength: 3 }),
    );
    const anyRecord = fc.record({
      object: fc.constantFrom<CrmObject>('account', 'contact', 'opportunity', 'task'),
      connection: fc.constantFrom('sf', 'hs'),
      id: fc.integer({ min: 1, max: 12 }).map(String),
      account: fc.integer({ min: 1, max: 12 }).map(String),
      deleted: fc.boolean(),
      key: fc.option(
        keyText.map((text) => text.replaceAll('\0', '')),
        { nil: null },
      ),
    });
    const distinct = fc.uniqueArray(anyRecord, {
      selector: ({ connection, object, id }) => `${connection} ${object} ${id}`,
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(distinct, async (drawn) => {
        const keys = new Map<string, string | null>();
        const records = drawn.map(({ object, connection, id, account, deleted, key }) => {
          if (object === 'account' || object === 'contact') keys.set(`${connection} ${object} ${id}`, key);
          const fields = object === 'account' ? {} : { accountId: account };
          return recordOf(object, id, fields, { connection, deleted });
        });
        const keyOf = ({ connection, object, id, fields }: StoredRecord) =>
          (object === 'account' || object === 'contact'
            ? keys.get(`${connection} ${object} ${id}`)
            : keys.get(`${connection} account ${String(fields['accountId'])}`)) ?? null;
        const store = await openStoreWith(records, keyOf);
        const streamed = (await collect(store.dossiers.stream())).map(idsOf);
        await store.close();
        expect(streamed).toEqual(groupByHand(records, keyOf));
      }),
      { numRuns: 25 },
    );
  });
});

describe('wonOpportunities', () => {
  it('streams won deals with their account', async () => {
    const store = await openStoreWith(
      [
        recordOf('account', 'a', { industry: 'Software' }),
        recordOf('opportunity', 'won', { accountId: 'a', isWon: true, amount: 5 }),
        recordOf('opportunity', 'lost', { accountId: 'a', isWon: false }),
        recordOf('opportunity', 'gone', { accountId: 'a', isWon: true }, { deleted: true }),
        recordOf('opportunity', 'stray', { accountId: 'x', isWon: true }),
      ],
      () => 'k',
    );
    expect(await collect(store.dossiers.wonOpportunities())).toEqual([
      {
        companyKey: 'k',
        connection: 'sf',
        opportunity: { accountId: 'a', isWon: true, amount: 5 },
        account: { industry: 'Software' },
      },
    ]);
  });
});

function sourceRowOf(rowNumber: number, companyKey: string): SourceRow {
  return {
    rowNumber,
    company: {
      companyKey,
      crm: { connection: null, id: 'x' },
      identifiers: ['lei:1'],
      domain: 'a.b',
      nameCountry: null,
    },
    email: 'a@b.c',
    at: '2026-11-20T10:00:00.000Z',
    fields: { type: 'page', anonymous: false },
  };
}

/** A run that writes account `a` a tier and makes it a task. */
async function writeOnce(store: Store): Promise<void> {
  const base = { connection: 'sf', accountId: 'a', companyKey: 'k', name: null, inDoubt: false } as const;
  const writer = await store.plans.openWriter('r1');
  await writer.addChange({
    ...base,
    id: 'u',
    object: 'account',
    verb: 'update',
    recordId: 'a',
    fields: [{ field: 'tier', now: null, after: 'tier_1', why: '' }],
    idempotencyKey: null,
  });
  await writer.addChange({
    ...base,
    id: 'c',
    object: 'task',
    verb: 'create',
    recordId: null,
    fields: [{ field: 'taskKey', now: null, after: 'sf:a:act_now:2026-11-21', why: '' }],
    idempotencyKey: 'sf:a:act_now:2026-11-21',
  });
  await writer.addResult({ companyKey: 'k', tierState: { tier: 'Tier 1' }, evaluation: {} });
  await writer.commit(true);
  await store.plans.markSent('r1', ['u', 'c']);
  await store.plans.settle('r1', [
    { changeId: 'u', status: 'written', recordId: 'a', writtenAt: '2026-11-21T00:00:00.000Z' },
    { changeId: 'c', status: 'written', recordId: 'new-task', writtenAt: null },
  ]);
}

const listed = ['accounts', 'contacts', 'opportunities', 'tasks'] as const;

function idsOf(dossier: CompanyDossier) {
  return [
    dossier.companyKey,
    ...listed.map((list) => dossier[list].map(({ connection, id }) => `${connection} ${id}`)),
  ];
}

function groupByHand(records: readonly StoredRecord[], keyOf: (record: StoredRecord) => string | null) {
  const accounts = new Set(
    records
      .filter((record) => record.object === 'account')
      .map(({ connection, id }) => `${connection} ${id}`),
  );
  const belongs = (record: StoredRecord) =>
    record.object === 'account' ||
    record.object === 'contact' ||
    accounts.has(`${record.connection} ${String(record.fields['accountId'])}`);
  const pick = (key: string, object: CrmObject) =>
    records
      .filter((record) => record.object === object && keyOf(record) === key && belongs(record))
      .filter((record) => !record.deleted || object === 'task')
      .map(({ connection, id }) => `${connection} ${id}`)
      .toSorted(compareByteOrder);
  const keys = new Set(records.map(keyOf).filter((key) => key !== null));
  return [...keys]
    .filter((key) => pick(key, 'account').length + pick(key, 'contact').length > 0)
    .toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map((key) => [
      key,
      pick(key, 'account'),
      pick(key, 'contact'),
      pick(key, 'opportunity'),
      pick(key, 'task'),
    ]);
}
