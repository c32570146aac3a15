import { describe, expect, it } from 'vitest';
import type { KeyAnchor, KeyEvent, Membership, Store } from '#ports/store.ts';
import { collect, each, recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

function memberOf(object: 'account' | 'contact', id: string, key: string | null): Membership {
  return {
    connection: 'sf',
    object,
    id,
    key,
    family: key,
    evidence: ['domain', 'name "quoted", {braced}'],
    confidence: 0.9,
    review: false,
  };
}

async function assign(
  store: Store,
  memberships: readonly Membership[],
  events: readonly KeyEvent[] = [],
  anchors: readonly KeyAnchor[] = [],
): Promise<void> {
  await store.keys.assign('r1', 'matcher-1', each(memberships), events, each(anchors));
}

async function keysOf(
  store: Store,
  object: 'account' | 'contact' | 'opportunity' | 'opportunity_role' | 'task',
) {
  const records = await collect(store.records.stream({ object, withDeleted: true }));
  return Object.fromEntries(records.map((record) => [record.id, record.companyKey]));
}

describe('isStale', () => {
  it('is true until keys were assigned by this matcher', async () => {
    const store = await openTestStore();
    expect(await store.keys.isStale('matcher-1')).toBe(true);
    await assign(store, []);
    expect(await store.keys.isStale('matcher-1')).toBe(false);
    expect(await store.keys.isStale('matcher-2')).toBe(true);
  });

  it.each([
    ['a new account', recordOf('account', 'new', {})],
    ['a name', recordOf('account', 'a', { name: 'B', phone: '1' })],
    ['an identifier', recordOf('account', 'a', { name: 'A', phone: '1', lei: 'L' })],
    ['a deletion', recordOf('account', 'a', { name: 'A', phone: '1' }, { deleted: true })],
    ['a contact’s account', recordOf('contact', 'c', { accountId: 'b', title: 'x' })],
  ])('turns true with %s', async (_, record) => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', 'a', { name: 'A', phone: '1' }),
      recordOf('contact', 'c', { accountId: 'a', title: 'x' }),
    ]);
    await store.keys.isStale('matcher-1');
    await assign(store, []);
    await store.records.put('r2', [record]);
    expect(await store.keys.isStale('matcher-1')).toBe(true);
  });

  it('stays false for what matching does not read', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a', { name: 'A', phone: '1' })]);
    await assign(store, []);
    await store.records.put('r2', [recordOf('account', 'a', { name: 'A', phone: '2', tier: 'tier_1' })]);
    await store.records.put('r2', [recordOf('opportunity', 'o', { name: 'A' })]);
    expect(await store.keys.isStale('matcher-1')).toBe(false);
  });

  it('stays due for what changed while the matcher was at work', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a')]);
    await store.keys.isStale('matcher-1');
    await store.records.put('r1', [recordOf('account', 'late')]);
    await assign(store, [memberOf('account', 'a', 'k1')]);
    expect(await store.keys.isStale('matcher-1')).toBe(true);
  });
});

describe('assign', () => {
  it('gives accounts and contacts their key and lets the rest follow', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', 'a'),
      recordOf('account', 'none'),
      recordOf('contact', 'c', { accountId: 'a' }),
      recordOf('opportunity', 'o', { accountId: 'a' }),
      recordOf('opportunity_role', 'role', { opportunityId: 'o', contactId: 'c' }),
      recordOf('task', 't', { accountId: 'a' }),
    ]);
    await assign(
      store,
      [memberOf('account', 'a', 'k1'), memberOf('contact', 'c', 'k1')],
      [{ kind: 'mint', key: 'k1' }],
    );
    expect(await keysOf(store, 'account')).toEqual({ a: 'k1', none: null });
    expect(await keysOf(store, 'contact')).toEqual({ c: 'k1' });
    expect(await keysOf(store, 'opportunity')).toEqual({ o: 'k1' });
    expect(await keysOf(store, 'opportunity_role')).toEqual({ role: 'k1' });
    expect(await keysOf(store, 'task')).toEqual({ t: 'k1' });
  });

  it('gives back the memberships as they were assigned', async () => {
    const store = await openTestStore();
    const memberships = [
      memberOf('account', 'a', 'k1'),
      memberOf('account', 'b', null),
      memberOf('contact', 'c', 'k1'),
    ];
    await assign(store, memberships);
    expect(await collect(store.keys.memberships())).toEqual(memberships);
  });

  it('takes away what is no longer assigned', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a'), recordOf('account', 'b')]);
    await assign(store, [memberOf('account', 'a', 'k1'), memberOf('account', 'b', 'k1')]);
    await assign(store, [memberOf('account', 'b', 'k2')]);
    expect(await keysOf(store, 'account')).toEqual({ a: null, b: 'k2' });
    expect((await collect(store.keys.memberships())).map(({ id, key }) => [id, key])).toEqual([['b', 'k2']]);
  });

  it('changes nothing when the memberships it is given break off', async () => {
    const store = await openTestStore();
    await assign(store, [memberOf('account', 'a', 'k1')]);
    async function* breaking(): AsyncGenerator<Membership, void> {
      yield memberOf('account', 'a', 'k2');
      throw new Error('matcher failed');
    }
    await expect(store.keys.assign('r2', 'm', breaking(), [], each([]))).rejects.toThrow('matcher failed');
    expect(await collect(store.keys.memberships())).toMatchObject([{ id: 'a', key: 'k1' }]);
  });

  it('keys what is put later through its account, without a new assignment', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a')]);
    await assign(store, [memberOf('account', 'a', 'k1')]);
    await store.records.put('r2', [recordOf('opportunity_role', 'role', { opportunityId: 'o' })]);
    await store.records.put('r2', [recordOf('opportunity', 'o', { accountId: 'a' })]);
    await store.records.put('r2', [recordOf('task', 't', { accountId: 'a' })]);
    expect(await keysOf(store, 'opportunity')).toEqual({ o: 'k1' });
    expect(await keysOf(store, 'opportunity_role')).toEqual({ role: 'k1' });
    expect(await keysOf(store, 'task')).toEqual({ t: 'k1' });
  });

  it('keys through the survivor what still names an account that was merged away', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'old'), recordOf('account', 'new')]);
    await assign(store, [memberOf('account', 'old', 'k1'), memberOf('account', 'new', 'k2')]);
    await store.records.merge('sf', 'account', 'old', 'new');
    await store.records.put('r2', [recordOf('opportunity', 'o', { accountId: 'old' })]);
    expect(await keysOf(store, 'opportunity')).toEqual({ o: 'k2' });
  });

  it('hands a merged account’s key to a survivor that has none', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'old'), recordOf('account', 'new')]);
    await assign(store, [memberOf('account', 'old', 'k1')]);
    await store.records.merge('sf', 'account', 'old', 'new');
    expect((await keysOf(store, 'account'))['new']).toBe('k1');
    expect(await collect(store.keys.memberships())).toMatchObject([{ id: 'new', key: 'k1' }]);
  });
});

describe('keys that were merged', () => {
  it('resolve to the one that lives, through any number of merges', async () => {
    const store = await openTestStore();
    await assign(
      store,
      [memberOf('account', 'a', 'k3')],
      [
        { kind: 'mint', key: 'k1' },
        { kind: 'mint', key: 'k2' },
        { kind: 'split', key: 'k3', from: 'k2' },
        { kind: 'merge', key: 'k1', into: 'k2' },
      ],
    );
    await assign(store, [memberOf('account', 'a', 'k3')], [{ kind: 'merge', key: 'k2', into: 'k3' }]);
    expect(await Promise.all(['k1', 'k2', 'k3', 'k4'].map((key) => store.keys.resolve(key)))).toEqual([
      'k3',
      'k3',
      'k3',
      null,
    ]);
  });

  it('find the company’s accounts', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a')]);
    await assign(
      store,
      [memberOf('account', 'a', 'k2')],
      [
        { kind: 'mint', key: 'k1' },
        { kind: 'mint', key: 'k2' },
        { kind: 'merge', key: 'k1', into: 'k2' },
      ],
    );
    expect(await store.records.findAccounts('k1')).toMatchObject([{ id: 'a' }]);
    expect(await store.records.findAccounts('k2')).toMatchObject([{ id: 'a' }]);
  });

  it('hand their tier state to a survivor that has none, and not to one that has', async () => {
    const store = await openTestStore();
    await store.records.put(
      'r1',
      ['a', 'b', 'c'].map((id) => recordOf('account', id)),
    );
    await assign(store, [
      memberOf('account', 'a', 'k1'),
      memberOf('account', 'b', 'k2'),
      memberOf('account', 'c', 'k3'),
    ]);
    const writer = await store.plans.openWriter('r1');
    await writer.addResult({ companyKey: 'k1', tierState: { of: 'k1' }, evaluation: 1 });
    await writer.addResult({ companyKey: 'k3', tierState: { of: 'k3' }, evaluation: 3 });
    await writer.commit(true);
    await assign(
      store,
      [memberOf('account', 'a', 'k2'), memberOf('account', 'b', 'k2'), memberOf('account', 'c', 'k3')],
      [{ kind: 'merge', key: 'k1', into: 'k2' }],
    );
    await assign(
      store,
      [memberOf('account', 'a', 'k3'), memberOf('account', 'b', 'k3'), memberOf('account', 'c', 'k3')],
      [{ kind: 'merge', key: 'k2', into: 'k3' }],
    );
    expect(await store.plans.evaluation('k2')).toBeNull();
    expect(await store.plans.evaluation('k3')).toEqual({ run: 'r1', evaluation: 3 });
  });

  it('keep the state of the merged key readable under the survivor', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [recordOf('account', 'a')]);
    await assign(store, [memberOf('account', 'a', 'k1')]);
    const writer = await store.plans.openWriter('r1');
    await writer.addResult({ companyKey: 'k1', tierState: { tier: 'Tier 1' }, evaluation: { why: 'x' } });
    await writer.commit(true);
    await assign(
      store,
      [memberOf('account', 'a', 'k2')],
      [
        { kind: 'mint', key: 'k2' },
        { kind: 'merge', key: 'k1', into: 'k2' },
      ],
    );
    expect(await store.plans.evaluation('k2')).toEqual({ run: 'r1', evaluation: { why: 'x' } });
    expect(await collect(store.dossiers.stream())).toMatchObject([
      { companyKey: 'k2', tierState: { tier: 'Tier 1' } },
    ]);
  });
});

describe('what else is known of keys', () => {
  it('lists every key ever minted, oldest first', async () => {
    const store = await openTestStore();
    await assign(
      store,
      [memberOf('account', 'a', 'z')],
      [
        { kind: 'mint', key: 'z' },
        { kind: 'mint', key: 'b' },
        { kind: 'split', key: 'm', from: 'b' },
        { kind: 'merge', key: 'b', into: 'z' },
      ],
    );
    const minted = await collect(store.keys.minted());
    expect(minted.map(({ key, successor }) => [key, successor])).toEqual([
      ['z', null],
      ['b', 'z'],
      ['m', null],
    ]);
    expect(minted.map(({ born }) => born)).toEqual(minted.map(({ born }) => born).toSorted((a, b) => a - b));
  });

  it('counts a connection’s live keyed records, and those to look at', async () => {
    const store = await openTestStore();
    await store.records.put('r1', [
      recordOf('account', 'a'),
      recordOf('account', 'b', {}, { deleted: true }),
      recordOf('account', 'c'),
      recordOf('contact', 'd'),
    ]);
    await assign(store, [
      memberOf('account', 'a', 'k1'),
      memberOf('account', 'b', 'k1'),
      memberOf('account', 'c', null),
      { ...memberOf('contact', 'd', 'k1'), review: true },
    ]);
    expect(await store.keys.count('sf')).toEqual({ account: 1, contact: 1, uncertain: 1 });
    expect(await store.keys.count('hs')).toEqual({ account: 0, contact: 0, uncertain: 0 });
  });
});
