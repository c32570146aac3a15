import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJsonText } from '#store/bulk/json-text.ts';
import { collect, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const later = '2026-11-02T00:00:00.000Z';

describe('put', () => {
  it('gives back what it was given', async () => {
    const store = await openTestStore();
    const record = recordOf('account', '001', {
      name: 'Ｔｅｓｔ "株式会社"\\\tGmbH\r\n🏭',
      employees: 1200.5,
      technologies: ['SAP', 'a,b', '{}', ''],
      country: null,
      optedOut: false,
    });
    await store.records.put('r1', [record]);
    expect(await collect(store.records.stream({ object: 'account' }))).toEqual([
      { ...record, companyKey: null },
    ]);
  });

  it('counts new, changed and unchanged records', async () => {
    const store = await openTestStore();
    const first = await store.records.put('r1', [
      recordOf('account', '1', { name: 'A' }),
      recordOf('account', '2'),
    ]);
    const second = await store.records.put('r2', [
      recordOf('account', '1', { name: 'B' }),
      recordOf('account', '2'),
      recordOf('account', '3'),
    ]);
    expect(first).toEqual({ inserted: 2, changed: 0, unchanged: 0 });
    expect(second).toEqual({ inserted: 1, changed: 1, unchanged: 1 });
  });

  it('lets the last of a page’s repeats win', async () => {
    const store = await openTestStore();
    const counts = await store.records.put('r1', [
      recordOf('account', '1', { name: 'first' }),
      recordOf('account', '1', { name: 'last' }),
    ]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(counts).toEqual({ inserted: 1, changed: 0, unchanged: 0 });
    expect(account?.fields).toEqual({ name: 'last' });
  });

  it('leaves a record alone whose stored stamp is newer', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '1', { name: 'new' }, { modifiedAt: later })]);
    const counts = await store.records.put('r2', [recordOf('account', '1', { name: 'old' })]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(counts.unchanged).toBe(1);
    expect(account).toMatchObject({ fields: { name: 'new' }, modifiedAt: later });
  });

  it('replaces a record of the same stamp: a stamp is coarser than two edits', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '1', { name: 'one' })]);
    const counts = await store.records.put('r2', [recordOf('account', '1', { name: 'two' })]);
    expect(counts.changed).toBe(1);
  });

  it('keeps a known stamp when the CRM gives none', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '1', { name: 'A' }, { modifiedAt: later })]);
    await store.records.put('r2', [recordOf('account', '1', { name: 'B' }, { modifiedAt: null })]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(account).toMatchObject({ fields: { name: 'B' }, modifiedAt: later });
  });

  it('takes text that PostgreSQL has no place for, less the impossible characters', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', '1', { name: 'a\0b', city: 'x\ud800y', phone: '\\u0000' }),
    ]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(account?.fields).toEqual({ name: 'ab', city: 'x\ufffdy', phone: '\\u0000' });
  });

  it('gives back any text at all, in values, names and lists', async () => {
    const store = await openTestStore();
    const anyText = fc.string({ unit: 'binary', maxLength: 12 });
    const anyFields = fc.dictionary(
      anyText,
      fc.oneof(anyText, fc.array(anyText), fc.double({ noNaN: true, max: 1e200 })),
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(anyFields, { minLength: 1, maxLength: 60 }), async (drawn) => {
        const connection = `c${(run += 1)}`;
        const records = drawn.map((fields, index) => recordOf('account', `${index}`, fields, { connection }));
        await store.records.put('r1', records);
        const streamed = await collect(store.records.stream({ object: 'account', connection }));
        const given = new Map(
          records.map(({ id, fields }) => [id, JSON.parse(toJsonText(fields)) as unknown]),
        );
        expect(new Map(streamed.map(({ id, fields }) => [id, fields]))).toEqual(given);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the last known fields of a record whose deletion comes without any', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('task', 't', { accountId: '1', taskKey: 'k' })]);
    await store.records.put('r2', [recordOf('task', 't', {}, { modifiedAt: later, deleted: true })]);
    const [task] = await collect(store.records.stream({ object: 'task', withDeleted: true }));
    expect(task).toMatchObject({ deleted: true, fields: { accountId: '1', taskKey: 'k' } });
  });

  it('takes an empty page', async () => {
    const store = await openTestStore();
    expect(await store.records.put('r1', [])).toEqual({ inserted: 0, changed: 0, unchanged: 0 });
  });

  it('takes pages of many objects side by side, while merges are followed', async () => {
    const store = await openTestStore();
    const accounts = Array.from({ length: 20 }, (_, index) => recordOf('account', `a${index}`));
    await store.records.put('r1', accounts);
    const work: Promise<unknown>[] = [];
    for (let page = 0; page < 12; page += 1) {
      work.push(store.records.put('r1', contactsOfPage(page)));
      work.push(store.records.merge('sf', 'account', `a${page}`, 'a19'));
    }
    await Promise.all(work);
    expect(await store.records.count('sf', 'contact')).toBe(300);
    expect(await store.records.count('sf', 'account')).toBe(8);
  });
});

describe('deleteUnseen', () => {
  it('marks what this run did not put, and only of that object and connection', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', '1'),
      recordOf('account', '2'),
      recordOf('account', '2', {}, { connection: 'hs' }),
      recordOf('contact', 'c'),
    ]);
    await store.records.put('r2', [recordOf('account', '1'), recordOf('account', '3')]);
    expect(await store.records.deleteUnseen('r2', 'sf', 'account')).toBe(1);
    const live = await collect(store.records.stream({ object: 'account' }));
    expect(live.map((record) => `${record.connection} ${record.id}`)).toEqual(['hs 2', 'sf 1', 'sf 3']);
    expect(await store.records.count('sf', 'contact')).toBe(1);
  });

  it('can name beforehand what it would mark', async () => {
    const store = await openTestStore();
    await store.records.put(
      'r1',
      ['3', '1', '2'].map((id) => recordOf('account', id)),
    );
    await store.records.put('r2', [recordOf('account', '2')]);
    expect(await store.records.unseen('r2', 'sf', 'account')).toEqual(['1', '3']);
    await store.records.put('r2', [recordOf('account', '3')]);
    expect(await store.records.unseen('r2', 'sf', 'account')).toEqual(['1']);
    expect(await store.records.deleteUnseen('r2', 'sf', 'account')).toBe(1);
  });

  it('sees a record as put though its page held an older copy', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '1', {}, { modifiedAt: later })]);
    await store.records.put('r2', [recordOf('account', '1')]);
    expect(await store.records.deleteUnseen('r2', 'sf', 'account')).toBe(0);
  });

  it('lets a record live again that the CRM restored', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', '1')]);
    await store.records.deleteUnseen('r2', 'sf', 'account');
    expect(await store.records.count('sf', 'account')).toBe(0);
    await store.records.put('r3', [recordOf('account', '1')]);
    expect(await store.records.count('sf', 'account')).toBe(1);
  });
});

describe('merge', () => {
  it('moves what points at the old account to the survivor', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', 'old'),
      recordOf('account', 'new'),
      recordOf('account', 'child', { parentId: 'old' }),
      recordOf('contact', 'c', { accountId: 'old', email: 'a@b.c' }),
      recordOf('opportunity', 'o', { accountId: 'old' }),
      recordOf('task', 't', { accountId: 'old' }),
    ]);
    await store.records.merge('sf', 'account', 'old', 'new');
    const accounts = await collect(store.records.stream({ object: 'account' }));
    const [contact] = await collect(store.records.stream({ object: 'contact' }));
    const [opportunity] = await collect(store.records.stream({ object: 'opportunity' }));
    const [task] = await collect(store.records.stream({ object: 'task' }));
    expect(accounts.map((account) => [account.id, account.fields])).toEqual([
      ['child', { parentId: 'new' }],
      ['new', {}],
    ]);
    expect(contact?.fields).toEqual({ accountId: 'new', email: 'a@b.c' });
    expect([opportunity?.fields, task?.fields]).toEqual([{ accountId: 'new' }, { accountId: 'new' }]);
  });

  it('moves a merged contact’s roles', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('contact', 'old'),
      recordOf('contact', 'new'),
      recordOf('opportunity_role', 'role', { contactId: 'old', opportunityId: 'o' }),
    ]);
    await store.records.merge('sf', 'contact', 'old', 'new');
    const [role] = await collect(store.records.stream({ object: 'opportunity_role' }));
    expect(role?.fields).toEqual({ contactId: 'new', opportunityId: 'o' });
  });

  it('finds the survivor by every id it ever had, in whatever order the merges are told', async () => {
    const store = await openTestStore();
    await store.records.put(
      'r1',
      ['a', 'b', 'c'].map((id) => recordOf('account', id)),
    );
    await store.records.merge('sf', 'account', 'a', 'b');
    await store.records.merge('sf', 'account', 'b', 'c');
    await store.records.merge('sf', 'account', 'a', 'b');
    for (const id of ['a', 'b', 'c']) {
      expect((await store.records.findAccounts(id)).map((account) => account.id)).toEqual(['c']);
    }
  });

  it('asks for no new matching when it is told what it knows', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a'), recordOf('account', 'b')]);
    await store.records.merge('sf', 'account', 'a', 'b');
    await store.keys.isStale('m');
    await store.keys.assign('r1', 'm', nothing(), [], nothing());
    await store.records.merge('sf', 'account', 'a', 'b');
    expect(await store.keys.isStale('m')).toBe(false);
  });
});

describe('reading', () => {
  it('streams by connection, then id, in byte order', async () => {
    const store = await openTestStore();
    const ids = ['b', 'B', 'a', 'é', '10', '9', '\u{1f600}', '\uffee'];
    await store.records.put(
      'r1',
      ids.map((id) => recordOf('account', id)),
    );
    await store.records.put('r1', [recordOf('account', 'z', {}, { connection: 'hs' })]);
    const streamed = await collect(store.records.stream({ object: 'account' }));
    const inBytes = ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    expect(streamed.map((record) => record.id)).toEqual(['z', ...inBytes]);
  });

  it('streams more than one fetch, and can be left early', async () => {
    const store = await openTestStore();
    const many = Array.from({ length: 2_500 }, (_, index) => recordOf('contact', String(index)));
    await store.records.put('r1', many);
    expect(await collect(store.records.stream({ object: 'contact' }))).toHaveLength(2_500);
    for (let round = 0; round < 15; round += 1) {
      for await (const record of store.records.stream({ object: 'contact' })) if (record.id !== '') break;
    }
    expect(await store.records.count('sf', 'contact')).toBe(2_500);
  });

  it('streams just the ids asked for', async () => {
    const store = await openTestStore();
    await store.records.put(
      'r1',
      ['1', '2', '3'].map((id) => recordOf('account', id)),
    );
    const found = await collect(store.records.stream({ object: 'account', ids: ['3', '1', 'none'] }));
    expect(found.map((record) => record.id)).toEqual(['1', '3']);
  });

  it('finds accounts by domain and by name in any case', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', '1', { name: 'Größe AG', domain: 'groesse.example' }),
      recordOf('account', '2', { name: 'GRÖßE ag' }, { connection: 'hs' }),
      recordOf('account', '3', { name: 'Größe AG' }, { deleted: true }),
    ]);
    expect(await store.records.findAccounts('Groesse.example')).toMatchObject([{ id: '1' }]);
    expect(await store.records.findAccounts('größe ag')).toMatchObject([{ id: '2' }, { id: '1' }]);
    expect(await store.records.findAccounts('Grö')).toEqual([]);
  });

  it('keeps refused rows in order', async () => {
    const store = await openTestStore();
    const refused = [
      { connection: 'sf', object: 'account', id: '1', field: 'employees', reason: 'not a number: "many"' },
      { connection: 'sf', object: 'contact', id: null, field: null, reason: 'no id' },
    ] as const;
    await store.records.refuse('r1', refused);
    await store.records.refuse('r2', refused.slice(0, 1));
    expect(await collect(store.records.refused('r1'))).toEqual(refused);
  });
});

function contactsOfPage(page: number) {
  return Array.from({ length: 300 }, (_, index) =>
    recordOf('contact', `c${(index * 7 + page) % 300}`, { accountId: `a${index % 20}`, title: `p${page}` }),
  );
}

async function* nothing(): AsyncGenerator<never, void> {}

describe('titles', () => {
  it('are those of live contacts, as written, with how many bear them', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('contact', '1', { title: 'CFO' }),
      recordOf('contact', '2', { title: 'CFO' }, { connection: 'hs' }),
      recordOf('contact', '3', { title: 'cfo' }),
      recordOf('contact', '4', { title: '' }),
      recordOf('contact', '5'),
      recordOf('contact', '6', { title: 'CEO' }, { deleted: true }),
      recordOf('account', '7', { title: 'no person' }),
    ]);
    const titles = await collect(store.records.titles());
    expect(titles.toSorted((a, b) => b.contacts - a.contacts)).toEqual([
      { title: 'CFO', contacts: 2 },
      { title: 'cfo', contacts: 1 },
    ]);
  });
});
