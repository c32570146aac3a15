import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDay } from '#domain/tier/day.ts';
import { growOlder, type KnownDay, replayTier } from '#domain/tier/replay-tier.ts';
import { anAccount, anEvent, aTopic, shippedPolicy, TWO_ENGAGED } from './account.ts';

const START = parseDay('2026-03-02');
const known = (day: number, changes: Partial<ReturnType<typeof anAccount>> = {}): KnownDay => {
  const facts = anAccount(changes);
  return { day: START + day, facts, openOpportunity: facts.openOpportunity, override: facts.override };
};

describe('replaying days', () => {
  it('promotes on the second night, and remembers its flags from night to night', () => {
    const scores = [59, 61, 58, 56, 61, 57, 54, 59, 62];
    const steps = replayTier(
      scores.map((score, day) => known(day, { topics: [aTopic(score)], acv: 60_000 })),
      shippedPolicy,
    );
    expect(steps.map(({ computedTier }) => computedTier)).toEqual([
      'Tier 3',
      'Tier 2',
      'Tier 2',
      'Tier 2',
      'Tier 2',
      'Tier 2',
      'Tier 3',
      'Tier 3',
      'Tier 2',
    ]);
    expect(steps.map(({ hold }) => hold)).toEqual([
      null,
      'CONFIRMING',
      null,
      null,
      null,
      null,
      'DWELL',
      'DWELL',
      null,
    ]);
    expect(steps.at(-1)).toMatchObject({ tier: 'Tier 2', state: { since: START + 2, failingSince: null } });
  });

  it('takes the nights between two runs as if each had run with what was known', () => {
    const asked = { events: [anEvent('demo_request', 27, 'Ines', 'user')] };
    // Act-now ends with the second of the nights that nobody ran; what is left then is a quiet account.
    const steps = replayTier([known(0, asked), known(10, {})], shippedPolicy);
    expect(steps[0]).toMatchObject({ tier: 'Tier 1', reasons: ['GOLDILOCKS_JUST_RIGHT', 'ACT_NOW'] });
    expect(steps[1]).toMatchObject({ tier: 'Tier 1', hold: 'DWELL', state: { failingSince: START + 2 } });
  });

  it('confirms a promotion in a night without a run', () => {
    const warm = { topics: [aTopic(90)], events: TWO_ENGAGED };
    const steps = replayTier([known(0), known(1, warm), known(9, warm)], shippedPolicy);
    expect(steps[1]).toMatchObject({ tier: 'Tier 3', hold: 'CONFIRMING' });
    expect(steps[2]).toMatchObject({ tier: 'Tier 1', state: { since: START + 2 } });
  });

  it('lets an override run out between two runs', () => {
    const pinned = { override: { kind: 'pin', tier: 'Tier 1', expiresInDays: 4 } } as const;
    expect(growOlder(known(0, pinned), START + 4).override).toEqual({ ...pinned.override, expiresInDays: 0 });
  });

  it('gives the same state whether quiet days are told one by one or left out', () => {
    const day = fc.record({
      gap: fc.integer({ min: 1, max: 60 }),
      score: fc.integer({ min: 40, max: 100 }),
      engaged: fc.boolean(),
      acv: fc.constantFrom(20_000, 60_000, 150_000),
    });
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 8 }), (told) => {
        let at = 0;
        const sparse = told.map(({ gap, score, engaged, acv }) => {
          at += gap;
          return known(at, { topics: [aTopic(score)], events: engaged ? TWO_ENGAGED : [], acv });
        });
        const dense = sparse.flatMap((one, index) => {
          const next = sparse[index + 1];
          const nights = next === undefined ? 1 : next.day - one.day;
          return Array.from({ length: nights }, (_, night) => growOlder(one, one.day + night));
        });
        expect(replayTier(sparse, shippedPolicy).at(-1)).toEqual(replayTier(dense, shippedPolicy).at(-1));
      }),
      { numRuns: 60 },
    );
  });
});
