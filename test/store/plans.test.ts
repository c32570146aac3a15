import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { ContractError, UsageError } from '#errors/errors.ts';
import type { RowError } from '#ports/crm.ts';
import type { ChangeQuery, Json, Store } from '#ports/store.ts';
import { collect, each, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const refusal: RowError = {
  code: 'FIELD_INTEGRITY_EXCEPTION',
  message: 'bad value',
  field: 'tier',
  retry: 'never',
  next: 'Add the value to the picklist.',
};

function updateOf(id: string, recordId: string, after = 'tier_1'): PlannedChange {
  return {
    id,
    connection: 'sf',
    object: 'account',
    verb: 'update',
    recordId,
    accountId: recordId,
    companyKey: 'k',
    name: `Account ${recordId}`,
    fields: [
      { field: 'tier', now: null, after, why: 'fit 88 "high"' },
      { field: 'tierSince', now: null, after: '2026-11-21', why: '' },
    ],
    idempotencyKey: null,
    inDoubt: false,
  };
}

function taskOf(id: string, key: string): PlannedChange {
  return {
    id,
    connection: 'sf',
    object: 'task',
    verb: 'create',
    recordId: null,
    accountId: 'a',
    companyKey: 'k',
    name: null,
    fields: [{ field: 'taskKey', now: null, after: key, why: 'act now' }],
    idempotencyKey: key,
    inDoubt: false,
  };
}

async function plan(store: Store, run: string, changes: readonly PlannedChange[]): Promise<void> {
  const writer = await store.plans.openWriter(run);
  for (const change of changes) await writer.addChange(change);
  await writer.commit(false);
}

async function changesOf(store: Store, query: ChangeQuery) {
  return await collect(store.plans.stream(query));
}

async function usedKeys(store: Store) {
  const [dossier] = await collect(store.dossiers.stream());
  return dossier?.usedKeys.map(({ key, status, recordId }) => [key, status, recordId]);
}

/** Account `a` of company `k` in our copy. */
async function openStoreWithAccount(): Promise<Store> {
  const store = await openTestStore();
  await store.records.put('r0', [recordOf('account', 'a', { name: 'Acme', employees: 10 })]);
  const membership = { key: 'k', family: null, evidence: [], confidence: 1, review: false };
  await store.keys.isStale('m');
  await store.keys.assign(
    'r0',
    'm',
    each([{ connection: 'sf', object: 'account', id: 'a', ...membership }]),
    [{ kind: 'mint', key: 'k' }],
    each([]),
  );
  return store;
}

describe('a plan writer', () => {
  it('shows nothing before it commits, and everything after', async () => {
    const store = await openTestStore();
    const writer = await store.plans.openWriter('r1');
    await writer.addChange(updateOf('c1', 'a'));
    await writer.addResult({ companyKey: 'k', tierState: {}, evaluation: { text: 'x'.repeat(2_000_000) } });
    expect(await store.plans.count({ run: 'r1' })).toBe(0);
    await writer.commit(false);
    expect(await changesOf(store, { run: 'r1' })).toEqual([
      { ...updateOf('c1', 'a'), run: 'r1', status: 'planned', error: null },
    ]);
  });

  it('leaves nothing behind when it is aborted, even twice', async () => {
    const store = await openTestStore();
    const writer = await store.plans.openWriter('r1');
    await writer.addChange(updateOf('c1', 'a'));
    await writer.addResult({ companyKey: 'k', tierState: {}, evaluation: 1 });
    await writer.abort();
    await writer.abort();
    expect(await store.plans.count({ run: 'r1' })).toBe(0);
    expect(await store.plans.evaluation('k', 'r1')).toBeNull();
  });

  it('leaves nothing behind when a change is planned twice', async () => {
    const store = await openTestStore();
    const writer = await store.plans.openWriter('r1');
    await writer.addChange(updateOf('c1', 'a'));
    await writer.addChange(updateOf('c1', 'b'));
    await expect(writer.commit(true)).rejects.toThrow('duplicate key');
    await writer.abort();
    expect(await store.plans.count({ run: 'r1' })).toBe(0);
  });

  it('takes many changes and results side by side', async () => {
    const store = await openTestStore();
    const writer = await store.plans.openWriter('r1');
    const long = 'y'.repeat(3_000);
    const adding = Array.from({ length: 1_500 }, (_, index) => [
      writer.addChange(updateOf(`c${index}`, `a${index}`, long)),
      writer.addResult({ companyKey: `k${index}`, tierState: index, evaluation: long }),
    ]);
    await Promise.all(adding.flat());
    await writer.commit(true);
    expect(await store.plans.count({ run: 'r1' })).toBe(1_500);
    expect(await store.plans.evaluation('k1499')).toEqual({ run: 'r1', evaluation: long });
  });
});

describe('results', () => {
  it('become the state of their companies only when they are adopted', async () => {
    const store = await openStoreWithAccount();
    for (const [run, adopt] of [
      ['r1', true],
      ['r2', false],
    ] as const) {
      const writer = await store.plans.openWriter(run);
      await writer.addResult({ companyKey: 'k', tierState: { of: run }, evaluation: { of: run } });
      await writer.commit(adopt);
    }
    expect(await collect(store.dossiers.stream())).toMatchObject([{ tierState: { of: 'r1' } }]);
    expect(await store.plans.evaluation('k')).toEqual({ run: 'r1', evaluation: { of: 'r1' } });
    expect(await store.plans.evaluation('k', 'r2')).toEqual({ run: 'r2', evaluation: { of: 'r2' } });
    await store.plans.adoptResults('r2');
    expect(await collect(store.dossiers.stream())).toMatchObject([{ tierState: { of: 'r2' } }]);
    expect(await store.plans.evaluation('k', 'r1')).toEqual({ run: 'r1', evaluation: { of: 'r1' } });
  });

  it('go to the living company when theirs was merged meanwhile', async () => {
    const store = await openStoreWithAccount();
    const writer = await store.plans.openWriter('r1');
    await writer.addResult({ companyKey: 'k', tierState: 1, evaluation: 1 });
    await writer.commit(false);
    await store.keys.assign(
      'r2',
      'm',
      each([]),
      [
        { kind: 'mint', key: 'k2' },
        { kind: 'merge', key: 'k', into: 'k2' },
      ],
      each([]),
    );
    await store.plans.adoptResults('r1');
    expect(await store.plans.evaluation('k2')).toEqual({ run: 'r1', evaluation: 1 });
    expect(await store.plans.evaluation('k')).toBeNull();
  });

  it('of a run that left none cannot be adopted', async () => {
    const store = await openTestStore();
    await expect(store.plans.adoptResults('nowhere')).rejects.toThrow(UsageError);
  });

  it('are cleared away after thirty runs, except where a company still stands on them', async () => {
    const store = await openTestStore();
    for (let run = 1; run <= 33; run += 1) {
      const writer = await store.plans.openWriter(`r${run}`);
      await writer.addResult({ companyKey: 'k', tierState: run, evaluation: run });
      if (run === 1) await writer.addResult({ companyKey: 'rare', tierState: run, evaluation: run });
      await writer.commit(true);
    }
    expect(await store.plans.evaluation('k', 'r2')).toBeNull();
    expect(await store.plans.evaluation('k', 'r4')).toEqual({ run: 'r4', evaluation: 4 });
    expect(await store.plans.evaluation('rare')).toEqual({ run: 'r1', evaluation: 1 });
    await expect(store.plans.adoptResults('r2')).rejects.toThrow('too old');
  });
});

describe('results of runs of some accounts', () => {
  it('push out neither the night nor a plan that waits for approval', async () => {
    const store = await openTestStore();
    const runOne = async (id: string, options: Json) => {
      await store.runs.start({
        id,
        mode: 'live',
        asOf: '2026-11-22T00:00:00.000Z',
        startedAt: '2026-11-22T00:00:00.000Z',
        policyHash: 'h',
        connections: ['sf'],
        options,
      });
      const writer = await store.plans.openWriter(id);
      await writer.addResult({ companyKey: 'k', tierState: id, evaluation: id });
      await writer.commit(false);
    };
    await runOne('night', { accounts: [], full: false });
    for (let number = 1; number <= 40; number += 1) {
      await runOne(`r${number}`, number % 2 === 0 ? { touched: true } : { accounts: ['acme.com'] });
    }
    expect(await store.plans.evaluation('k', 'night')).toEqual({ run: 'night', evaluation: 'night' });
    await expect(store.plans.adoptResults('night')).resolves.toBeUndefined();
  });
});

function sortKey(change: PlannedChange): string {
  return [change.connection, change.object, change.accountId ?? '', change.id].join('\0');
}

describe('reading a plan', () => {
  it('is ordered by connection, object, account and change, over any number of pages', async () => {
    const store = await openTestStore();
    const changes = Array.from({ length: 2_300 }, (_, index) => {
      const change =
        index % 3 === 0 ? taskOf(`c${index}`, `key${index}`) : updateOf(`c${index}`, `a${index % 70}`);
      return {
        ...change,
        connection: index % 2 === 0 ? 'sf' : 'hs',
        ...(index === 9 ? { accountId: null } : {}),
      };
    });
    await plan(store, 'r1', changes);
    const expected = changes
      .toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1))
      .map((change) => change.id);
    expect((await changesOf(store, { run: 'r1' })).map((change) => change.id)).toEqual(expected);
  });

  it('picks by connection, object, verb and status', async () => {
    const store = await openTestStore();
    await plan(store, 'r1', [
      updateOf('u', 'a'),
      taskOf('t', 'key'),
      { ...updateOf('h', 'b'), connection: 'hs' },
    ]);
    await plan(store, 'r2', [updateOf('u', 'a')]);
    await store.plans.markSent('r1', ['u']);
    const idsFor = async (query: Omit<ChangeQuery, 'run'>) =>
      (await changesOf(store, { run: 'r1', ...query })).map((change) => change.id);
    expect(await idsFor({ connection: 'sf' })).toEqual(['u', 't']);
    expect(await idsFor({ object: 'task' })).toEqual(['t']);
    expect(await idsFor({ verb: 'update' })).toEqual(['h', 'u']);
    expect(await idsFor({ status: 'planned' })).toEqual(['h', 't']);
    expect(await store.plans.count({ run: 'r1', status: 'sent' })).toBe(1);
  });

  it('goes on to the end while what it gave is settled', async () => {
    const store = await openTestStore();
    const changes = Array.from({ length: 2_500 }, (_, index) => updateOf(`c${index}`, `a${index}`));
    await plan(store, 'r1', changes);
    let seen = 0;
    let batch: string[] = [];
    for await (const change of store.plans.stream({ run: 'r1', status: 'planned' })) {
      seen += 1;
      batch.push(change.id);
      if (batch.length < 500) continue;
      await store.plans.markSent('r1', batch);
      await store.plans.settle(
        'r1',
        batch.map((changeId) => ({ changeId, status: 'failed', error: refusal })),
      );
      batch = [];
    }
    expect(seen).toBe(2_500);
    expect(await store.plans.count({ run: 'r1', status: 'failed' })).toBe(2_500);
  });
});

describe('markSent', () => {
  it('puts creates among the used keys before they are sent', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a'), taskOf('t', 'key')]);
    await store.plans.markSent('r1', ['u', 't']);
    expect(await usedKeys(store)).toEqual([['key', 'sent', null]]);
    expect(await store.plans.count({ run: 'r1', status: 'sent' })).toBe(2);
  });

  it('leaves settled changes as they are', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a')]);
    await store.plans.settle('r1', [{ changeId: 'u', status: 'skipped', error: refusal }]);
    await store.plans.markSent('r1', ['u']);
    expect(await store.plans.count({ run: 'r1', status: 'skipped' })).toBe(1);
  });
});

describe('settle', () => {
  const writtenAt = '2026-11-21T10:00:00.000Z';

  it('writes outcome, ledger and our copy of an updated record', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a')]);
    await store.plans.markSent('r1', ['u']);
    await store.plans.settle('r1', [{ changeId: 'u', status: 'written', recordId: 'a', writtenAt }]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(account).toEqual({
      ...recordOf('account', 'a', { name: 'Acme', employees: 10, tier: 'tier_1', tierSince: '2026-11-21' }),
      modifiedAt: writtenAt,
      companyKey: 'k',
    });
    expect(await store.plans.ledgerValue('sf', 'account', 'a', 'tier')).toBe('tier_1');
    expect(await store.plans.ledgerValue('sf', 'account', 'a', 'fit')).toBeUndefined();
    expect(await changesOf(store, { run: 'r1' })).toMatchObject([{ status: 'written', error: null }]);
  });

  it('remembers that a field was written empty', async () => {
    const store = await openStoreWithAccount();
    const clearing = {
      ...updateOf('u', 'a'),
      fields: [{ field: 'tier', now: 'tier_1', after: null, why: '' }],
    };
    await plan(store, 'r1', [clearing]);
    await store.plans.settle('r1', [{ changeId: 'u', status: 'written', recordId: 'a', writtenAt: null }]);
    expect(await store.plans.ledgerValue('sf', 'account', 'a', 'tier')).toBeNull();
  });

  it('keeps the ledger of fields that a later run did not write', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a')]);
    await plan(store, 'r2', [
      { ...updateOf('u', 'a'), fields: [{ field: 'tier', now: 'tier_1', after: 'tier_2', why: '' }] },
    ]);
    for (const run of ['r1', 'r2']) {
      await store.plans.settle(run, [{ changeId: 'u', status: 'written', recordId: 'a', writtenAt }]);
    }
    const [dossier] = await collect(store.dossiers.stream());
    expect(dossier?.accounts[0]?.lastWritten).toEqual({ tier: 'tier_2', tierSince: '2026-11-21' });
  });

  it('puts a created record in our copy, under its account and company', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [taskOf('t', 'key')]);
    await store.plans.markSent('r1', ['t']);
    await store.plans.settle('r1', [{ changeId: 't', status: 'written', recordId: 'T1', writtenAt }]);
    expect(await collect(store.records.stream({ object: 'task' }))).toEqual([
      {
        ...recordOf('task', 'T1', { accountId: 'a', taskKey: 'key' }),
        modifiedAt: writtenAt,
        companyKey: 'k',
      },
    ]);
    expect(await usedKeys(store)).toEqual([['key', 'written', 'T1']]);
  });

  it('sets a refused create’s key free and keeps why it was refused', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [taskOf('t', 'key')]);
    await store.plans.markSent('r1', ['t']);
    await store.plans.settle('r1', [{ changeId: 't', status: 'failed', error: refusal }]);
    expect(await usedKeys(store)).toEqual([]);
    expect(await changesOf(store, { run: 'r1' })).toMatchObject([{ status: 'failed', error: refusal }]);
  });

  it('keeps a skipped create’s key that an attempt before may have used', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [taskOf('t', 'key')]);
    await store.plans.markSent('r1', ['t']);
    await plan(store, 'r2', [{ ...taskOf('t', 'key'), inDoubt: true }]);
    await store.plans.settle('r2', [{ changeId: 't', status: 'skipped', error: refusal }]);
    expect(await usedKeys(store)).toEqual([['key', 'sent', null]]);
  });

  it('changes nothing when told twice', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a'), taskOf('t', 'key')]);
    const outcomes = [
      { changeId: 'u', status: 'written', recordId: 'a', writtenAt },
      { changeId: 't', status: 'written', recordId: 'T1', writtenAt: null },
    ] as const;
    await store.plans.settle('r1', outcomes);
    const before = await collect(store.dossiers.stream());
    await store.plans.settle('r1', outcomes);
    expect(await collect(store.dossiers.stream())).toEqual(before);
  });

  it('refuses an outcome of a change that nobody planned, and stores none of its batch', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a')]);
    const batch = ['u', 'stray'].map((changeId) => ({ changeId, status: 'failed', error: refusal }) as const);
    await expect(store.plans.settle('r1', batch)).rejects.toThrow(ContractError);
    expect(await store.plans.count({ run: 'r1', status: 'planned' })).toBe(1);
  });

  it('marks a deleted record deleted and forgets what we wrote to it', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [taskOf('t', 'key')]);
    await store.plans.settle('r1', [{ changeId: 't', status: 'written', recordId: 'T1', writtenAt: null }]);
    await plan(store, 'r2', [{ ...taskOf('d', 'key'), verb: 'delete', recordId: 'T1', fields: [] }]);
    await store.plans.settle('r2', [{ changeId: 'd', status: 'written', recordId: 'T1', writtenAt }]);
    expect(await collect(store.records.stream({ object: 'task' }))).toEqual([]);
    expect(await store.plans.ledgerValue('sf', 'task', 'T1', 'taskKey')).toBeUndefined();
  });

  it('asks for matching again when what it wrote is what matching reads', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [
      updateOf('u', 'a'),
      { ...updateOf('d', 'a'), fields: [{ field: 'domain', now: null, after: 'acme.example', why: '' }] },
    ]);
    await store.plans.settle('r1', [{ changeId: 'u', status: 'written', recordId: 'a', writtenAt }]);
    expect(await store.keys.isStale('m')).toBe(false);
    await store.plans.settle('r1', [{ changeId: 'd', status: 'written', recordId: 'a', writtenAt }]);
    expect(await store.keys.isStale('m')).toBe(true);
    expect(await store.records.findAccounts('acme.example')).toMatchObject([{ id: 'a' }]);
  });

  it('does not let an older page undo what was just written', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [updateOf('u', 'a')]);
    await store.plans.settle('r1', [{ changeId: 'u', status: 'written', recordId: 'a', writtenAt }]);
    await store.records.put('r1', [recordOf('account', 'a', { name: 'Acme' })]);
    const [account] = await collect(store.records.stream({ object: 'account' }));
    expect(account?.fields['tier']).toBe('tier_1');
  });

  it('takes ten thousand outcomes at once', async () => {
    const store = await openTestStore();
    const ids = Array.from({ length: 10_000 }, (_, index) => `a${index}`);
    await store.records.put(
      'r0',
      ids.map((id) => recordOf('account', id)),
    );
    await plan(
      store,
      'r1',
      ids.map((id) => updateOf(`c-${id}`, id)),
    );
    await store.plans.settle(
      'r1',
      ids.map((id) => ({ changeId: `c-${id}`, status: 'written', recordId: id, writtenAt }) as const),
    );
    expect(await store.plans.count({ run: 'r1', status: 'written' })).toBe(10_000);
    expect(await store.plans.ledgerValue('sf', 'account', 'a9999', 'tier')).toBe('tier_1');
  });
});

describe('slots', () => {
  it('are the claims of companies that still have an account, as last adopted', async () => {
    const store = await openStoreWithAccount();
    const planned = async (run: string, slot: string | null, adopt: boolean) => {
      const writer = await store.plans.openWriter(run);
      await writer.addResult({ companyKey: 'k', tierState: {}, evaluation: {}, slot });
      await writer.addResult({ companyKey: 'gone', tierState: {}, evaluation: {}, slot: 'nobody' });
      await writer.commit(adopt);
    };
    await planned('r1', 'first', true);
    await planned('r2', 'a dry run', false);
    expect(await collect(store.plans.slots())).toEqual([{ companyKey: 'k', slot: 'first' }]);
    await planned('r3', null, true);
    expect(await collect(store.plans.slots())).toEqual([]);
  });
});

describe('adoptChanges', () => {
  it('copies what is unsettled as planned, and marks sent creates as in doubt', async () => {
    const store = await openStoreWithAccount();
    await plan(store, 'r1', [
      updateOf('u1', 'a'),
      updateOf('u2', 'b'),
      taskOf('t1', 'k1'),
      taskOf('t2', 'k2'),
    ]);
    await store.plans.markSent('r1', ['u1', 't1']);
    await store.plans.settle('r1', [{ changeId: 'u2', status: 'failed', error: refusal }]);
    await store.plans.adoptChanges('r1', 'r2');
    const adopted = await changesOf(store, { run: 'r2' });
    expect(adopted.map(({ id, status, inDoubt }) => [id, status, inDoubt])).toEqual([
      ['u1', 'planned', false],
      ['t1', 'planned', true],
      ['t2', 'planned', false],
    ]);
  });
});

describe('a merge in the CRM', () => {
  it('moves ledger and used keys to the survivor, whose own ledger stands', async () => {
    const store = await openStoreWithAccount();
    await store.records.put('r0', [recordOf('account', 'new')]);
    await plan(store, 'r1', [
      updateOf('u', 'a', 'tier_2'),
      { ...updateOf('n', 'new', 'tier_3'), fields: [{ field: 'tier', now: null, after: 'tier_3', why: '' }] },
      taskOf('t', 'key'),
    ]);
    await store.plans.settle('r1', [
      { changeId: 'u', status: 'written', recordId: 'a', writtenAt: null },
      { changeId: 'n', status: 'written', recordId: 'new', writtenAt: null },
      { changeId: 't', status: 'written', recordId: 'T1', writtenAt: null },
    ]);
    await store.records.merge('sf', 'account', 'a', 'new');
    const [dossier] = await collect(store.dossiers.stream());
    expect(dossier?.accounts).toMatchObject([
      { id: 'new', lastWritten: { tier: 'tier_3', tierSince: '2026-11-21' } },
    ]);
    expect(dossier?.usedKeys).toMatchObject([{ key: 'key', accountId: 'new' }]);
    expect(dossier?.tasks).toMatchObject([{ id: 'T1', fields: { accountId: 'new' } }]);
    expect(await store.plans.ledgerValue('sf', 'account', 'a', 'tier')).toBeUndefined();
  });
});
