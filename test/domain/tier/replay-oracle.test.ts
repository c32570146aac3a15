import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Override } from '#domain/tier/apply-override.ts';
import { parseDay } from '#domain/tier/day.ts';
import { type KnownDay, replayTier } from '#domain/tier/replay-tier.ts';
import { anAccount, shippedPolicy } from './account.ts';
import { playPolicy, type ToldDay, type ToldFacts } from './policy-oracle.ts';

const DAYS = 200;
const START = parseDay('2026-01-05');
const CRITERIA = ['industry', 'geo', 'employees', 'tech', 'customerBase', 'revenue', 'maturity', 'budget'];

const rarely = <Value>(value: fc.Arbitrary<Value>, weight = 12): fc.Arbitrary<Value | null> =>
  fc.oneof({ weight, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });

/** Most days are near an edge, where holds and gaps decide. */
const facts: fc.Arbitrary<ToldFacts> = fc.record({
  matches: fc
    .array(fc.constantFrom(1 as const, 1 as const, 1 as const, 1 as const, 0.5 as const, 0 as const, null), {
      minLength: 8,
      maxLength: 8,
    })
    .map((matches) => Object.fromEntries(CRITERIA.map((name, index) => [name, matches[index] ?? null]))),
  mustHaveMiss: rarely(fc.constant('geo'), 20),
  acv: fc.constantFrom(null, 20_000, 26_000, 60_000, 95_000, 105_000, 180_000, 180_000),
  employees: fc.constantFrom(null, 40, 640, 640, 4_000),
  topic: fc.option(
    fc.record({ score: fc.integer({ min: 40, max: 100 }), ageDays: fc.integer({ min: 0, max: 30 }) }),
  ),
  events: fc
    .array(
      fc.record({
        type: fc.constantFrom(
          'reply' as const,
          'reply' as const,
          'webinar' as const,
          'webinar' as const,
          'demo_request' as const,
          'meeting' as const,
        ),
        person: fc.constantFrom('Ines', 'Jun', 'Kofi'),
        ageDays: fc.integer({ min: 0, max: 60 }),
      }),
      { maxLength: 4 },
    )
    .map((events) =>
      events.map((event) => ({
        ...event,
        role: ({ Ines: 'decision_maker', Jun: 'user', Kofi: 'unknown' } as const)[event.person as 'Ines'],
      })),
    ),
  able: rarely(fc.constant(0 as const), 6),
  excluded: rarely(fc.constant('competitor'), 20),
  openOpportunity: fc.oneof(
    { weight: 5, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  override: rarely(
    fc.oneof<[fc.Arbitrary<Override>, fc.Arbitrary<Override>]>(
      fc.record({
        kind: fc.constantFrom('pin' as const, 'floor' as const, 'ceiling' as const),
        tier: fc.constantFrom('Tier 1' as const, 'Tier 2' as const, 'Tier 3' as const, 'Not tiered' as const),
        expiresInDays: fc.integer({ min: -5, max: 40 }),
      }),
      fc.record({ kind: fc.constant('exclude' as const), expiresInDays: fc.integer({ min: -5, max: 40 }) }),
    ),
  ),
});

/** Days are told one by one for a while, or left out: 200 days in all. */
const history: fc.Arbitrary<readonly ToldDay[]> = fc
  .array(fc.record({ facts, length: fc.constantFrom(1, 1, 2, 3, 14, 30, 60), told: fc.boolean() }), {
    minLength: 3,
    maxLength: 60,
    size: 'max',
  })
  .map((stretches) => {
    const days: ToldDay[] = [];
    let day = START;
    for (const stretch of stretches) {
      for (let at = 0; at < stretch.length && day < START + DAYS; at += 1, day += 1) {
        if (at === 0 || stretch.told) days.push({ day, facts: stretch.facts });
      }
    }
    return days;
  });

function toKnown({ day, facts: told }: ToldDay): KnownDay {
  const { matches, topic, events, openOpportunity, override, ...rest } = told;
  return {
    day,
    facts: anAccount({
      ...rest,
      fit: matches,
      topicsConfigured: 1,
      topics: topic === null ? [] : [{ ...topic, method: 'publisher' }],
      events,
    }),
    openOpportunity,
    override: override as Override | null,
  };
}

describe('200 days', { timeout: 60_000 }, () => {
  it('are played as the text of the policy says, word by word (invariant T21)', () => {
    fc.assert(
      fc.property(history, (told) => {
        const played = replayTier(told.map(toKnown), shippedPolicy).map(
          ({ tier, computedTier, reasons }) => ({ tier, computedTier, reasons }),
        );
        expect(played).toEqual(playPolicy(told));
      }),
      { numRuns: 1000 },
    );
  });

  it('meet every hold, every override and every way to move (or the test above tells little)', () => {
    const met = new Set(
      fc
        .sample(history, { numRuns: 300, seed: 8 })
        .flatMap((told) => playPolicy(told).flatMap(({ reasons }) => reasons)),
    );
    expect([...met].toSorted()).toEqual(
      expect.arrayContaining([
        'ACT_NOW',
        'AWAITING_PUBLISH',
        'CONFIRMING',
        'DWELL',
        'FROZEN',
        'GRACE',
        'OVERRIDE_CEILING',
        'OVERRIDE_EXCLUDE',
        'OVERRIDE_EXPIRED',
        'OVERRIDE_FLOOR',
        'OVERRIDE_PIN',
        'PIPELINE_LOCK',
      ]),
    );
  });
});
