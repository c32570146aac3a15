// What an owner is given at most (invariant W13).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitTasks, type OwnerLoad, type TaskCandidate } from '#domain/task/limit-tasks.ts';
import { TASK_RULES } from '#domain/task/task-rule.ts';
import { shippedPolicy } from '../tier/account.ts';

const ANA = { id: 'ana', active: true };

function candidate(key: string, changes: Partial<TaskCandidate> = {}): TaskCandidate {
  return { owner: ANA, rule: 'tier_1_new', priority: 1, key, ...changes };
}

function limit(candidates: readonly TaskCandidate[], loads: Readonly<Record<string, OwnerLoad>> = {}) {
  return limitTasks(candidates, new Map(Object.entries(loads)), shippedPolicy.tasks);
}

const waitsByKey = (limited: ReturnType<typeof limit>) =>
  Object.fromEntries(limited.map(({ candidate: { key }, waits }) => [key, waits]));

describe('new tasks', () => {
  it('are made, five a day for one owner', () => {
    const limited = limit(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => candidate(key)));
    expect(limited.filter(({ waits }) => waits === null)).toHaveLength(5);
    expect(limited.at(-1)).toMatchObject({ candidate: { key: 'f' }, waits: 'owner_day_full' });
  });

  it('wait for an owner who has ten open ones of ours', () => {
    const limited = limit([candidate('a'), candidate('b')], { ana: { open: 9, newToday: 0 } });
    expect(waitsByKey(limited)).toEqual({ a: null, b: 'owner_full' });
  });

  it('count what an earlier run made today', () => {
    const limited = limit([candidate('a'), candidate('b')], { ana: { open: 4, newToday: 4 } });
    expect(waitsByKey(limited)).toEqual({ a: null, b: 'owner_day_full' });
  });

  it('wait where there is no owner, or none who works here', () => {
    const orphan = candidate('a', { owner: null });
    const gone = candidate('b', { owner: { id: 'bob', active: false } });
    expect(waitsByKey(limit([orphan, gone]))).toEqual({ a: 'no_owner', b: 'inactive_owner' });
  });

  it('go in the order of the rules, then to the better accounts', () => {
    const loads = { ana: { open: 8, newToday: 0 } };
    const candidates = [
      candidate('low', { priority: 1 }),
      candidate('high', { priority: 9 }),
      candidate('urgent', { rule: 'act_now', priority: 0 }),
      candidate('later', { rule: 'fast_lane', priority: 10 }),
    ];
    expect(waitsByKey(limit(candidates, loads))).toEqual({
      urgent: null,
      high: null,
      low: 'owner_full',
      later: 'owner_full',
    });
  });
});

const anyCandidates = fc.uniqueArray(
  fc.record({
    owner: fc.constantFrom(null, ANA, { id: 'bea', active: true }, { id: 'bob', active: false }),
    rule: fc.constantFrom(...TASK_RULES),
    priority: fc.nat(3),
    key: fc.string({ minLength: 1, maxLength: 3 }),
  }),
  { selector: ({ key }) => key, maxLength: 30 },
);
const anyLoad = fc.record({ open: fc.nat(12), newToday: fc.nat(7) });

describe('any wanted tasks', () => {
  it('answer every candidate once and fill nobody past the limits', () => {
    fc.assert(
      fc.property(anyCandidates, anyLoad, (candidates, load) => {
        const { openPerOwner, newPerOwnerAndDay } = shippedPolicy.tasks;
        const limited = limit(candidates, { ana: load });
        expect(limited).toHaveLength(candidates.length);
        const made = limited.filter(({ waits, candidate: { owner } }) => waits === null && owner === ANA);
        const room = Math.min(openPerOwner - load.open, newPerOwnerAndDay - load.newToday);
        expect(made.length).toBeLessThanOrEqual(Math.max(0, room));
        expect(limited.some(({ waits, candidate: { owner } }) => waits === null && owner === null)).toBe(
          false,
        );
      }),
    );
  });

  it('are limited the same in whatever order they come', () => {
    fc.assert(
      fc.property(anyCandidates, (candidates) => {
        expect(waitsByKey(limit(candidates.toReversed()))).toEqual(waitsByKey(limit(candidates)));
      }),
    );
  });
});
