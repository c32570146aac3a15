// What the store keeps of people's words on company keys, of what became of keys, and of assignments that wait.
import { describe, expect, it } from 'vitest';
import type { KeyedReference, NewJudgement } from '#ports/judgements.ts';
import type { AssignOptions, KeyEvent, Membership, Store } from '#ports/store.ts';
import { collect, each, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const account = (id: string): KeyedReference => ({ connection: 'sf', object: 'account', id });

function judge(a: string, verdict: NewJudgement['verdict'], b: string, more: Partial<NewJudgement> = {}) {
  const judgement: NewJudgement = {
    a: account(a),
    b: account(b),
    verdict,
    by: 'Ada',
    reason: null,
    origin: 'review',
    asked: null,
    ...more,
  };
  return judgement;
}

const memberOf = (id: string, key: string | null, object: 'account' | 'contact' = 'account'): Membership => ({
  connection: 'sf',
  object,
  id,
  key,
  family: key,
  evidence: ['domain'],
  confidence: 0.9,
  review: false,
});

/** Accounts by the key they get; `a: 'k1'`. */
function assign(
  store: Store,
  run: string,
  keys: Readonly<Record<string, string>>,
  events: readonly KeyEvent[] = [],
  options?: AssignOptions,
) {
  const memberships = Object.entries(keys).map(([id, key]) => memberOf(id, key));
  return store.keys.assign(run, 'm', each(memberships), events, each([]), options);
}

const mint = (key: string): KeyEvent => ({ kind: 'mint', key, reason: 'a new company' });
const putAccounts = (store: Store, ...ids: readonly string[]) =>
  store.records.put(
    'r0',
    ids.map((id) => recordOf('account', id, { name: id })),
  );

const keysOf = async (store: Store) =>
  Object.fromEntries(
    (await collect(store.records.stream({ object: 'account' }))).map(({ id, companyKey }) => [
      id,
      companyKey,
    ]),
  );

describe('judgements', () => {
  it('are given back newest first, and make keys stale', async () => {
    const store = await openTestStore();
    await assign(store, 'r1', {});
    await store.judgements.add([
      judge('a', 'same', 'b'),
      judge('b', 'different', 'c', { reason: 'seen it' }),
    ]);
    expect(await store.keys.isStale('m')).toBe(true);
    expect(await store.judgements.list()).toMatchObject([
      { a: account('b'), b: account('c'), verdict: 'different', by: 'Ada', reason: 'seen it' },
      { a: account('a'), b: account('b'), verdict: 'same' },
    ]);
  });

  it('follow the merges of the CRM, whichever side they stand on', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'old', 'new', 'other');
    await store.judgements.add([judge('old', 'same', 'other'), judge('other', 'different', 'old')]);
    await store.records.merge('sf', 'account', 'old', 'new');
    expect(await store.judgements.list()).toMatchObject([
      { a: account('other'), b: account('new') },
      { a: account('new'), b: account('other') },
    ]);
  });

  it('count by what was asked, the newest word of each pair alone', async () => {
    const store = await openTestStore();
    const asked = { asked: 'unlike_names' } as const;
    await store.judgements.add([judge('a', 'same', 'b', asked), judge('c', 'parent_of', 'd', asked)]);
    await store.judgements.add([judge('b', 'different', 'a', asked), judge('x', 'same', 'y')]);
    expect(await store.judgements.answers()).toEqual([
      { asked: 'unlike_names', same: 0, different: 2, unsure: 0 },
    ]);
  });
});

const entered = async (store: Store) =>
  (await collect(store.judgements.entered())).map(({ record, ...rest }) => ({ id: record.id, ...rest }));

describe('keys that people entered in a CRM', () => {
  it('are told with the account of the company that they stand for, until they are heard', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b');
    await assign(store, 'r1', { a: 'k1', b: 'k2' }, [mint('k1'), mint('k2'), mint('k0')]);
    await assign(store, 'r2', { a: 'k1', b: 'k2' }, [{ kind: 'merge', key: 'k0', into: 'k2' }]);
    await store.records.put('r3', [recordOf('account', 'a', { name: 'a', companyKey: 'k0' })]);
    const expected = {
      id: 'a',
      entered: 'k0',
      isKnown: true,
      replacesOurs: false,
      account: account('b'),
      isThere: false,
    };
    expect(await entered(store)).toEqual([expected]);
    expect(await entered(store)).toEqual([expected]);
    await store.judgements.hearEntered(
      [judge('a', 'unsure', 'b')],
      await collect(store.judgements.entered()),
    );
    expect(await entered(store)).toEqual([]);
    expect(await store.judgements.list()).toHaveLength(1);
  });

  it('are told again while they are none of ours, and no more once they are gone', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a', { name: 'a', companyKey: 'ask Bob' })]);
    await store.judgements.hearEntered([], []);
    expect(await entered(store)).toMatchObject([{ id: 'a', isKnown: false, account: null, isThere: false }]);
    const later = { modifiedAt: '2026-11-02T00:00:00.000Z' };
    await store.records.put('r2', [recordOf('account', 'a', { name: 'a', companyKey: null }, later)]);
    expect(await entered(store)).toEqual([]);
  });

  it('say when the record is with the company already, and end with the record', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a');
    await assign(store, 'r1', { a: 'k1' }, [mint('k1')]);
    await store.records.put('r2', [recordOf('account', 'a', { name: 'a', companyKey: 'k1' })]);
    expect(await entered(store)).toMatchObject([{ id: 'a', isThere: true, account: null }]);
    const later = { modifiedAt: '2026-11-02T00:00:00.000Z', deleted: true };
    await store.records.put('r3', [recordOf('account', 'a', { name: 'a', companyKey: 'k1' }, later)]);
    expect(await entered(store)).toEqual([]);
  });
});

describe('questions', () => {
  const question = { a: account('a'), b: account('b'), reason: 'weak_evidence' } as const;

  it('come with what hangs on each side', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b');
    await store.records.put('r0', [
      recordOf('contact', 'c', { accountId: 'a' }),
      recordOf('opportunity', 'o', { accountId: 'a', amount: 100, currency: 'EUR', isClosed: false }),
      recordOf('opportunity', 'p', { accountId: 'a', amount: 20, isClosed: false }),
      recordOf('opportunity', 'q', { accountId: 'a', amount: 7, isClosed: true }),
    ]);
    const memberships = [memberOf('a', 'k1'), memberOf('b', 'k2'), memberOf('c', 'k1', 'contact')];
    await store.keys.assign('r1', 'm', each(memberships), [], each([]), { questions: each([question]) });
    const [asked, ...others] = await collect(store.keyQuestions.open());
    expect(others).toEqual([]);
    expect(asked).toMatchObject({
      reason: 'weak_evidence',
      a: { id: 'a', key: 'k1', name: 'a', contacts: 1, openPipeline: { EUR: 100, '': 20 } },
      b: { id: 'b', key: 'k2', contacts: 0, openPipeline: {}, evidence: ['domain'] },
    });
    expect(await store.keyQuestions.find(asked?.pair ?? '')).toEqual(asked);
  });

  it('leave the queue once they are answered, also when the run asks again', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b');
    await assign(store, 'r1', { a: 'k1', b: 'k2' }, [], { questions: each([question]) });
    await store.judgements.add([judge('b', 'different', 'a')]);
    expect(await collect(store.keyQuestions.open())).toEqual([]);
    await assign(store, 'r2', { a: 'k1', b: 'k2' }, [], { questions: each([question]) });
    expect(await collect(store.keyQuestions.open())).toEqual([]);
  });

  it('are asked about contacts that weak evidence put where they are, until somebody answers', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a');
    await store.records.put('r0', [
      recordOf('contact', 'c', { firstName: 'Bo', lastName: 'Ek', email: 'bo@ek.se' }),
    ]);
    const weak = { ...memberOf('c', 'k1', 'contact'), review: true };
    const memberships = () => each([memberOf('a', 'k1'), weak]);
    await store.keys.assign('r1', 'm', memberships(), [], each([]));
    const [asked] = await collect(store.keyQuestions.open());
    expect(asked).toMatchObject({
      reason: 'weak_contact',
      a: { object: 'account', id: 'a' },
      b: { object: 'contact', id: 'c', name: 'Bo Ek', domain: 'ek.se' },
    });
    expect(await store.keyQuestions.find(asked?.pair ?? '')).toEqual(asked);
    const contact = { connection: 'sf', object: 'contact', id: 'c' } as const;
    await store.judgements.add([judge('a', 'same', 'c', { b: contact })]);
    expect(await collect(store.keyQuestions.open())).toEqual([]);
  });

  it('are asked where only a CRM was unsure', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b');
    await store.judgements.add([judge('a', 'unsure', 'b', { origin: 'crm' })]);
    await assign(store, 'r1', { a: 'k1', b: 'k2' }, [], { questions: each([question]) });
    expect(await collect(store.keyQuestions.open())).toHaveLength(1);
  });
});

describe('the feed of changes', () => {
  it('tells what became of keys and of single records, with run and reason', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b', 'c', 'd');
    await assign(store, 'r1', { a: 'k1', b: 'k1', c: 'k2', d: 'k4' }, [mint('k1'), mint('k2'), mint('k4')]);
    await assign(store, 'r2', { a: 'k1', b: 'k3', c: 'k1', d: 'k1' }, [
      { kind: 'split', key: 'k3', from: 'k1', reason: 'judgement' },
      { kind: 'merge', key: 'k2', into: 'k1', reason: 'domain' },
    ]);
    const told = await store.keyHistory.changes({ run: 'r2', limit: 10 });
    expect(
      told.map(({ kind, key, otherKey, record, reason }) => [kind, key, otherKey, record?.id, reason]),
    ).toEqual([
      ['split', 'k3', 'k1', undefined, 'judgement'],
      ['merge', 'k2', 'k1', undefined, 'domain'],
      ['move', 'k1', 'k4', 'd', 'domain'],
      ['retire', 'k4', null, undefined, 'no record is left'],
    ]);
    expect(await store.keyHistory.changes({ kinds: ['mint'], limit: 2 })).toMatchObject([
      { key: 'k2', run: 'r1' },
      { key: 'k4', run: 'r1' },
    ]);
    expect(await store.keyHistory.changes({ since: '2999-01-01T00:00:00.000Z', limit: 10 })).toEqual([]);
  });

  it('keeps every stay of a record, without a gap', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a');
    for (const [run, key] of [
      ['r1', 'k1'],
      ['r2', 'k2'],
      ['r3', 'k2'],
      ['r4', 'k1'],
    ] as const) {
      await assign(store, run, { a: key });
    }
    expect(await store.keyHistory.spans(account('a'))).toMatchObject([
      { key: 'k1', fromRun: 'r1', toRun: 'r2' },
      { key: 'k2', fromRun: 'r2', toRun: 'r4' },
      { key: 'k1', fromRun: 'r4', toRun: null },
    ]);
    expect(await store.keyHistory.movedAccounts('r4')).toBe(1);
    expect(await store.keyHistory.members('k1')).toMatchObject([
      { record: account('a'), evidence: ['domain'] },
    ]);
  });
});

describe('former keys', () => {
  it('are those of a company whose last account was merged away, for the account it lives on in', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'old', 'new');
    await assign(store, 'r1', { old: 'k1', new: 'k2' }, [mint('k1'), mint('k2')]);
    await store.records.merge('sf', 'account', 'old', 'new');
    expect(await collect(store.keys.formerKeys())).toEqual([
      { record: account('old'), key: 'k1', heir: account('new') },
    ]);
    await assign(store, 'r2', { new: 'k1' }, [{ kind: 'merge', key: 'k2', into: 'k1' }]);
    expect(await collect(store.keys.formerKeys())).toEqual([]);
    expect(await store.keys.resolve('k2')).toBe('k1');
  });

  it('wait for a deleted account to come back, and the key with it', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'a');
    await assign(store, 'r1', { a: 'k1' }, [mint('k1')]);
    await store.records.put('r2', [recordOf('account', 'a', { name: 'a' }, { deleted: true })]);
    await assign(store, 'r2', {});
    expect(await collect(store.keys.formerKeys())).toEqual([]);
    await putAccounts(store, 'a');
    const [former] = await collect(store.keys.formerKeys());
    expect(former).toEqual({ record: account('a'), key: 'k1', heir: account('a') });
    await assign(store, 'r3', { a: 'k1' });
    const told = await store.keyHistory.changes({ limit: 10 });
    expect(told.map(({ kind, run }) => [kind, run])).toEqual([
      ['mint', 'r1'],
      ['retire', 'r2'],
      ['revive', 'r3'],
    ]);
  });

  it('stay with companies that still have another account', async () => {
    const store = await openTestStore();
    await putAccounts(store, 'old', 'sister', 'new');
    await assign(store, 'r1', { old: 'k1', sister: 'k1', new: 'k2' }, [mint('k1'), mint('k2')]);
    await store.records.merge('sf', 'account', 'old', 'new');
    expect(await collect(store.keys.formerKeys())).toEqual([]);
  });
});

describe('an assignment over the limit', () => {
  const limit = { share: 0.5, fromRecords: 2 };
  const before = { a: 'k1', b: 'k2', c: 'k3', d: 'k4' };
  const after = { a: 'k1', b: 'k1', c: 'k1', d: 'k1' };
  const merges = ['k2', 'k3', 'k4'].map((key): KeyEvent => ({ kind: 'merge', key, into: 'k1' }));

  async function hold(): Promise<Store> {
    const store = await openTestStore();
    await putAccounts(store, 'a', 'b', 'c', 'd');
    await store.keys.isStale('m');
    expect(await assign(store, 'r1', before, ['k1', 'k2', 'k3', 'k4'].map(mint), { limit })).toBeNull();
    expect(await assign(store, 'r2', after, merges, { limit })).toEqual({ moved: 3, keyed: 4 });
    return store;
  }

  it('changes nothing and waits', async () => {
    const store = await hold();
    expect(await keysOf(store)).toEqual(before);
    expect(await store.keys.resolve('k2')).toBe('k2');
    expect(await store.keys.proposal('r2')).toBe('waiting');
    expect(await store.keys.readProposal('r2', 2)).toMatchObject({
      moved: 3,
      keyed: 4,
      records: [
        { record: account('b'), from: 'k2', to: 'k1' },
        { record: account('c'), from: 'k3', to: 'k1' },
      ],
    });
  });

  it('is put in force once, for records that still live, and keys are stale afterwards', async () => {
    const store = await hold();
    await store.records.put('r3', [recordOf('account', 'd', { name: 'd' }, { deleted: true })]);
    await store.keys.adoptProposal('r2', 'r3');
    expect(await keysOf(store)).toEqual({ a: 'k1', b: 'k1', c: 'k1' });
    expect(await store.keys.resolve('k4')).toBe('k1');
    expect(await store.keys.isStale('m')).toBe(true);
    expect(await store.keys.proposal('r2')).toBe('adopted');
    expect(await store.keyHistory.spans(account('b'))).toMatchObject([
      { key: 'k2', toRun: 'r3' },
      { key: 'k1', fromRun: 'r3' },
    ]);
    await expect(store.keys.adoptProposal('r2', 'r4')).rejects.toThrow(/no company keys that wait/u);
  });

  it('can be approved under the run that proposes the same again, while no record changed', async () => {
    const store = await hold();
    expect(await store.keys.proposeAgain('r3', 'm', limit)).toEqual({ moved: 3, keyed: 4 });
    expect(await store.keys.proposeAgain('r4', 'm', { ...limit, share: 0.9 })).toBeNull();
    expect(await store.keys.proposeAgain('r4', 'another matcher', limit)).toBeNull();
    await store.keys.adoptProposal('r3', 'r4');
    expect(await keysOf(store)).toEqual(after);
    expect(await store.keys.proposal('r2')).toBe('adopted');
  });

  it('is out of date once other keys were assigned', async () => {
    const store = await hold();
    await assign(store, 'r3', { ...before, d: 'k1' }, [{ kind: 'merge', key: 'k4', into: 'k1' }], { limit });
    expect(await store.keys.proposal('r2')).toBe('outdated');
    expect(await store.keys.waitingProposal()).toBeNull();
    await expect(store.keys.adoptProposal('r2', 'r4')).rejects.toThrow(/no company keys that wait/u);
  });

  it('never waits with fewer records than the limit counts from', async () => {
    const store = await openTestStore();
    await assign(store, 'r1', { a: 'k1', b: 'k2' });
    expect(await assign(store, 'r2', { a: 'k1', b: 'k1' }, [], { limit })).toBeNull();
  });
});
