// A person is put into every table that can hold one, forgotten, and looked for in the whole database (invariants D1, D2 and D5).
import { beforeEach, describe, expect, it } from 'vitest';
import { forgetNoted, forgetPerson, noteForgotten } from '#pipeline/forget-person.ts';
import { TABLES } from '#store/forgetting/tables.ts';
import type { OpenedStore } from '#store/open-store.ts';
import { ANA, dump, putEverywhere, showsAna } from './person-everywhere.ts';
import { collect, recordOf } from './records-of.ts';
import { openTestStore, silentLog, systemClock } from './store-fixture.ts';

const author = { kind: 'command-line', id: 'tester', requestId: null } as const;
const FOR_GOOD = { dryRun: false, author };

let store: OpenedStore;

beforeEach(async () => {
  store = await openTestStore();
  await putEverywhere(store);
});

const parts = () => ({ store, clock: systemClock, log: silentLog });
const forgetAna = (options = FOR_GOOD) => forgetPerson(parts(), ` ${ANA.toUpperCase()}`, options);

async function tablesThatShowAna(): Promise<readonly string[]> {
  return [...(await dump(store))].filter(([, rows]) => rows.some(showsAna)).map(([table]) => table);
}

describe('the list of tables', () => {
  it('says of every table of the schema whether it holds persons, and of none that is gone', async () => {
    expect(Object.keys(TABLES).toSorted()).toEqual([...(await dump(store)).keys()].toSorted());
  });

  it('has a trace of the person in every table that holds persons, and in no other', async () => {
    const holding = Object.entries(TABLES).filter(([, { holds }]) => holds === 'person');
    expect((await tablesThatShowAna()).toSorted()).toEqual(holding.map(([name]) => name).toSorted());
  });
});

describe('forgetting a person', () => {
  it('leaves no address, name, phone or record id in any table, and everybody else as they were', async () => {
    const before = await dump(store);
    const { effect, found, removed, stillIn, sources } = await forgetAna();
    expect({ effect, found }).toEqual({ effect: 'now', found: true });
    expect(removed).toEqual({
      records: 4,
      opportunityRoles: 1,
      mergedIds: 1,
      memberships: 4,
      judgements: 2,
      written: 1,
      changes: 2,
      sourceRows: 1,
      // The run lock has dropped the marks of pulls that never ended.
      marks: 4,
      cleaned: 4,
    });
    expect(stillIn).toEqual([
      { connection: 'hs', object: 'contact', id: '77001' },
      { connection: 'sf', object: 'contact', id: '003ANA' },
      { connection: 'sf', object: 'lead', id: '00QANA' },
    ]);
    expect(sources).toEqual(['web']);

    // The note was put there by hand: a run carries it out.
    await forgetNoted(parts());
    expect(await tablesThatShowAna()).toEqual([]);
    const after = await dump(store);
    const counted = new Set(['key_state', 'audit_log', 'match_memory']);
    const others = [...before].filter(([table]) => !counted.has(table));
    const missing = others.flatMap(([table, rows]) =>
      rows.filter((row) => !showsAna(row) && after.get(table)?.includes(row) !== true),
    );
    expect(missing).toEqual([]);
    const cleaned = ['key_judgements', 'refused_source_rows', 'results', 'runs'];
    const rowsOf = (table: string) => after.get(table) ?? [];
    expect(cleaned.map((table) => rowsOf(table).length)).toEqual([1, 2, 1, 1]);
    const [result = ''] = rowsOf('results');
    expect(JSON.parse(result)).toMatchObject({
      tier_state: { known: { facts: { events: [{ person: `di${ANA}` }, { person: null }] } } },
      evaluation: { records: [{ id: '77002' }], roles: [{ id: '003OTHER' }], buyingGroup: { champions: [] } },
    });
    expect(JSON.parse(rowsOf('runs')[0] ?? '')).toMatchObject({
      report: {
        connections: [{ failed: 1 }],
        failures: [{ id: null, message: 'contact (forgotten) is locked' }],
      },
    });
  });

  it('finds nothing the second time, and keeps an audit entry of each without the address', async () => {
    await forgetAna();
    await forgetNoted(parts());
    expect(await forgetAna()).toMatchObject({ found: false, stillIn: [], sources: [] });
    const entries = await store.audit.list({ before: null, limit: 5 });
    expect(entries).toMatchObject([
      { action: 'person.forget', subject: expect.stringMatching(/^person:[0-9a-f]{12}$/u) },
      { action: 'person.forget', after: { effect: 'now', removed: { records: 4 } } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('acme.example');
  });

  it('says beforehand what it would remove, and removes nothing', async () => {
    await (await store.runs.lock())?.();
    const before = await dump(store);
    const preview = await forgetAna({ dryRun: true, author });
    expect(await dump(store)).toEqual(before);
    expect(preview).toEqual({ ...(await forgetAna()), effect: 'dry_run' });
  });

  it('makes company keys stale, for matching has to do without the person', async () => {
    await store.keys.assign('r1', 'v1', none(), [], none());
    expect(await store.keys.isStale('v1')).toBe(false);
    await forgetAna();
    expect(await store.keys.isStale('v1')).toBe(true);
  });

  it('waits for a run that is at work, and is its last act', async () => {
    const unlock = await store.runs.lock();
    expect(await forgetAna()).toMatchObject({ effect: 'after_run', found: true, removed: { records: 4 } });
    expect(await tablesThatShowAna()).toContain('records');
    await forgetNoted(parts());
    await unlock?.();
    expect(await tablesThatShowAna()).toEqual([]);
  });

  it('lasts when a CRM tells of records in its bin: deleted people whom we do not hold are not taken in', async () => {
    await forgetAna();
    await forgetNoted(parts());
    const gone = { deleted: true, modifiedAt: '2026-11-21T00:00:00.000Z' };
    const { inserted, unchanged } = await store.records.put('r3', [
      recordOf('contact', '003ANA', { lastName: 'Quintanilla', email: ANA }, gone),
      recordOf('lead', '00QANA', { lastName: 'Quintanilla', email: ANA }, gone),
      recordOf('contact', '003OTHER', {}, gone),
      recordOf('task', '00T', { accountId: '001A' }, gone),
    ]);
    expect({ inserted, unchanged }).toEqual({ inserted: 1, unchanged: 2 });
    expect(await tablesThatShowAna()).toEqual([]);
    const contacts = await collect(store.records.stream({ object: 'contact', withDeleted: true }));
    expect(contacts).toMatchObject([{ id: '003OTHER', deleted: true, fields: { lastName: 'Other' } }]);
  });

  it('takes everything along that belongs to one record: other connections, merged ids, the address in files', async () => {
    await noteForgotten(parts(), [{ connection: 'hs', object: 'contact', id: '77001' }], 'request-1');
    await forgetNoted(parts());
    expect(await tablesThatShowAna()).toEqual([]);
    expect(await store.audit.list({ before: null, limit: 1 })).toMatchObject([
      { author: { kind: 'crm', id: 'hs', requestId: 'request-1' }, after: { effect: 'after_run' } },
    ]);
  });
});

async function* none(): AsyncGenerator<never, void> {}
