// Company keys over a long life: accounts come, are renamed, merged, deleted and restored, people judge them and change their
// minds, and after every step what keys promise has to hold. No CRM: the store and the key step alone.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Verdict, verdicts } from '#domain/key/company-record.ts';
import { settleJudgements } from '#domain/key/settle-judgements.ts';
import { loadKeyRules } from '#mapping/key/load-key-rules.ts';
import { assignKeys } from '#pipeline/keys/assign-keys.ts';
import { nameOfReference, parseRecordName } from '#pipeline/keys/record-name.ts';
import type { KeyedReference } from '#ports/judgements.ts';
import type { Store } from '#ports/store.ts';
import { collect, recordOf } from '#test/store/records-of.ts';
import { openTestStore } from '#test/store/store-fixture.ts';

const rules = loadKeyRules();
const IDS = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const NAMES = ['Aster GmbH', 'Borage Ltd', 'Crocus Holding'] as const;
const DOMAINS = [null, 'aster.de', 'borage.com'] as const;
const RUNS_OF_STEPS = 4;
const STEPS = 14;

type Id = (typeof IDS)[number];
type Step =
  | { readonly kind: 'put'; readonly id: Id; readonly name: string; readonly domain: string | null }
  | { readonly kind: 'delete'; readonly id: Id }
  | { readonly kind: 'merge'; readonly id: Id; readonly into: Id }
  | { readonly kind: 'judge'; readonly a: Id; readonly b: Id; readonly verdict: Verdict };

const anyId = fc.constantFrom(...IDS);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('put' as const),
      id: anyId,
      name: fc.constantFrom(...NAMES),
      domain: fc.constantFrom(...DOMAINS),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), id: anyId }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('merge' as const), id: anyId, into: anyId }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('judge' as const),
      a: anyId,
      b: anyId,
      verdict: fc.constantFrom(...verdicts),
    }),
  },
);

const runOf = (index: number) => `r${String(index).padStart(3, '0')}`;
const account = (id: string): KeyedReference => ({ connection: 'sf', object: 'account', id });

it('keeps its promises through whatever happens to accounts (invariants K7, K13, K14, K17, K18 and K19)', async () => {
  let lives = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: STEPS, maxLength: STEPS }), async (steps) => {
      const store = await openTestStore();
      const merged = new Set<string>();
      for (const [index, step] of steps.entries()) {
        const run = runOf(index);
        await store.runs.start({
          id: run,
          mode: 'live',
          asOf: '',
          startedAt: '',
          policyHash: '',
          connections: [],
          options: {},
        });
        await take(store, step, index, merged);
        await assignKeys(store, run, rules, null);
        await store.runs.finish(run, 'done', '', {});
        await expectPromisesKept(store);
      }
      await store.close();
      lives += 1;
    }),
    { numRuns: RUNS_OF_STEPS, seed: 20_261_122 },
  );
  expect(lives).toBe(RUNS_OF_STEPS);
});

async function take(store: Store, step: Step, index: number, merged: Set<string>): Promise<void> {
  const modifiedAt = new Date(Date.UTC(2026, 10, 1) + index * 1000).toISOString();
  const run = runOf(index);
  switch (step.kind) {
    case 'put':
      // What a CRM merged away never comes back.
      if (merged.has(step.id)) return;
      await store.records.put(run, [
        recordOf('account', step.id, { name: step.name, domain: step.domain, country: 'DE' }, { modifiedAt }),
      ]);
      return;
    case 'delete':
      if (merged.has(step.id)) return;
      await store.records.put(run, [recordOf('account', step.id, {}, { modifiedAt, deleted: true })]);
      return;
    case 'merge': {
      const live = new Set((await collect(store.records.stream({ object: 'account' }))).map(({ id }) => id));
      if (step.id === step.into || !live.has(step.id) || !live.has(step.into)) return;
      await store.records.merge('sf', 'account', step.id, step.into);
      merged.add(step.id);
      return;
    }
    case 'judge':
      if (step.a === step.b) return;
      await store.judgements.add([
        {
          a: account(step.a),
          b: account(step.b),
          verdict: step.verdict,
          by: 'Ada',
          reason: null,
          origin: 'review',
          asked: null,
        },
      ]);
  }
}

async function expectPromisesKept(store: Store): Promise<void> {
  const records = await collect(store.records.stream({ object: 'account' }));
  const keys = new Map(records.map(({ id, companyKey }) => [id, companyKey]));
  const living = new Set(keys.values());
  expect(living).not.toContain(null);

  // Every key ever given leads to one that lives or is retired, and those on records live.
  const feed = await store.keyHistory.changes({ limit: 10_000 });
  const standing = new Map<string, string>();
  for (const { kind, key } of feed) if (key !== null && kind !== 'move') standing.set(key, kind);
  for (const key of living) expect(await store.keys.resolve(key ?? '')).toBe(key);
  for (const [key, kind] of standing) {
    expect(await store.keys.resolve(key)).not.toBeNull();
    expect({ key, lives: living.has(key) }).toEqual({ key, lives: kind !== 'merge' && kind !== 'retire' });
  }
  expect([...living].filter((key) => !standing.has(key ?? ''))).toEqual([]);

  const { together, apart } = settleJudgements(
    (await store.judgements.list()).map(({ a, b, verdict }) => ({
      a: nameOfReference(a),
      b: nameOfReference(b),
      verdict,
    })),
  );
  const keyOf = (name: string) => keys.get(parseRecordName(name).id);
  for (const names of together) {
    expect(new Set(names.map(keyOf).filter((key) => key !== undefined)).size).toBeLessThanOrEqual(1);
  }
  for (const { a, b } of apart) {
    const known = [keyOf(a), keyOf(b)].filter((key) => key !== undefined);
    expect(new Set(known).size).toBe(known.length);
  }

  for (const id of IDS) {
    const spans = await store.keyHistory.spans(account(id));
    const held = spans.filter(({ toRun }) => toRun === null).map(({ key }) => key);
    expect(held).toEqual(keys.has(id) ? [keys.get(id)] : []);
    const overlaps = spans.filter(
      ({ toRun }, position) => (toRun ?? '') > (spans[position + 1]?.fromRun ?? 'z'),
    );
    expect(overlaps).toEqual([]);
  }
}
