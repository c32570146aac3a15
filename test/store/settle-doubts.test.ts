// Updates that an interrupted run sent: what our copy says of them counts only where it was read since.
import { describe, expect, it } from 'vitest';
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { hasDoubts, settleDoubts } from '#pipeline/settle-doubts.ts';
import type { Store } from '#ports/store.ts';
import { recordOf } from './records-of.ts';
import { openTestStore } from './store-fixture.ts';

const updateOf = (connection: string): PlannedChange => ({
  id: `${connection}-change`,
  connection,
  object: 'account',
  verb: 'update',
  recordId: 'a',
  accountId: 'a',
  companyKey: 'k',
  name: null,
  fields: [{ field: 'tier', now: null, after: 'tier_1', why: '' }],
  idempotencyKey: null,
  inDoubt: false,
});

/** A run that died after it sent one update to each CRM. */
async function openInterrupted(): Promise<Store> {
  const store = await openTestStore();
  const moment = '2026-11-22T00:00:00.000Z';
  const mode = 'live' as const;
  const connections = ['sf', 'hs'];
  await store.runs.start({
    id: 'r1',
    mode,
    asOf: moment,
    startedAt: moment,
    policyHash: 'h',
    connections,
    options: {},
  });
  const writer = await store.plans.openWriter('r1');
  for (const connection of connections) {
    await store.records.put('r0', [recordOf('account', 'a', {}, { connection })]);
    await writer.addChange(updateOf(connection));
  }
  await writer.commit(false);
  await store.plans.markSent('r1', ['sf-change', 'hs-change']);
  await store.runs.finish('r1', 'interrupted', moment, null);
  return store;
}

const stillSent = (store: Store, connection: string) =>
  store.plans.count({ run: 'r1', connection, status: 'sent' });

describe('settleDoubts', () => {
  it('learns from what a CRM holds now, and judges nothing of a CRM that did not answer', async () => {
    const store = await openInterrupted();
    expect(await hasDoubts(store)).toBe(true);
    await store.records.put('r2', [
      recordOf(
        'account',
        'a',
        { tier: 'tier_1' },
        { connection: 'sf', modifiedAt: '2026-11-22T00:00:00.000Z' },
      ),
    ]);
    expect(await settleDoubts(store, ['sf'])).toBe(1);
    expect(await store.plans.ledgerValue('sf', 'account', 'a', 'tier')).toBe('tier_1');
    expect(await stillSent(store, 'hs')).toBe(1);
    expect(await hasDoubts(store)).toBe(true);

    expect(await settleDoubts(store, ['sf', 'hs'])).toBe(1);
    expect(await store.plans.ledgerValue('hs', 'account', 'a', 'tier')).toBeUndefined();
    expect(await hasDoubts(store)).toBe(false);
  });
});
