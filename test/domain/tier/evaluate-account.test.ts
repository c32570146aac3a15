import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVENT_TYPES, PERSON_ROLES } from '#domain/engagement/engagement-policy.ts';
import { FIT_CRITERIA } from '#domain/fit/fit-policy.ts';
import type { Match } from '#domain/fit/score-fit.ts';
import { INTENT_METHODS } from '#domain/intent/intent-policy.ts';
import { OVERRIDE_KINDS, type Override } from '#domain/tier/apply-override.ts';
import { evaluateAccount } from '#domain/tier/evaluate-account.ts';
import type { EvaluationInput, Rating } from '#domain/tier/evaluation.ts';
import { isBetter, isRanked, SETTABLE_TIERS, TIERS } from '#domain/tier/tier.ts';
import { ACV_BANDS } from '#domain/value/value-policy.ts';
import {
  ALL_FLAGS,
  anAccount,
  anEvent,
  aTopic,
  previously,
  STRONG_FIT,
  SURGING,
  shippedPolicy,
  TWO_ENGAGED,
} from './account.ts';

const evaluate = (changes: Partial<EvaluationInput> = {}) =>
  evaluateAccount(anAccount(changes), shippedPolicy);

describe('the evaluation of an account', () => {
  it('shows everything that led to the tier', () => {
    expect(evaluate({ topics: SURGING, events: TWO_ENGAGED })).toEqual({
      id: 'Tarn Instruments',
      tier: 'Tier 1',
      computedTier: 'Tier 1',
      reasons: ['GOLDILOCKS_JUST_RIGHT'],
      fit: 80,
      completeness: 1,
      intent: 83,
      intentOn: true,
      engagement: 35.7,
      engagementThreshold: 30,
      people: 2,
      engagedOn: true,
      on: ALL_FLAGS,
      actNow: false,
      acvBand: 'large',
      // 0.4 × 80 + 0.3 × 83 + 0.3 × 35.7 = 67.61
      priority: 67.6,
    });
  });

  it('lets a demo request stand for intent and engagement, without remembering either', () => {
    const asked = evaluate({ events: [anEvent('demo_request', 3, 'Ines', 'influencer')] });
    expect(asked).toMatchObject({ tier: 'Tier 1', intentOn: true, engagedOn: true, actNow: true });
    expect(asked.reasons).toEqual(['GOLDILOCKS_JUST_RIGHT', 'ACT_NOW']);
    expect(asked.on).toMatchObject({ intent: false, engaged: false });
  });

  it('orders reasons: the rule, act-now, the lock, the override', () => {
    const held = evaluate({
      acv: 12_000,
      events: [anEvent('trial', 3, 'someone', 'unknown')],
      previous: previously('Tier 1', { daysInTier: 12, failingDays: 2 }),
      override: { kind: 'ceiling', tier: 'Tier 2', expiresInDays: 30 },
    });
    expect(held.reasons).toEqual(['SMALL_ACV', 'ACT_NOW', 'DWELL', 'OVERRIDE_CEILING']);
    expect(held).toMatchObject({ tier: 'Tier 2', computedTier: 'Tier 3' });
  });

  it('shows exclusion even of an account that would be held', () => {
    const out = evaluate({
      excluded: 'partner',
      previous: previously('Tier 1'),
      openOpportunity: true,
      override: { kind: 'pin', tier: 'Tier 1', expiresInDays: 9 },
    });
    expect(out).toMatchObject({ tier: 'Excluded', computedTier: 'Excluded', reasons: ['EXCLUDED:partner'] });
  });

  it('does not clamp engagement, but counts at most 100 of it for priority', () => {
    const crowd = Array.from({ length: 8 }, (_, at) => anEvent('demo_request', 0, `p${at}`, 'user'));
    expect(evaluate({ events: crowd })).toMatchObject({ engagement: 350, priority: 62 });
  });

  it('remembers the ACV band, so that a small change of value changes no tier', () => {
    const warm = { topics: SURGING, events: TWO_ENGAGED, acv: 96_000 };
    expect(evaluate(warm).tier).toBe('Tier 2');
    const large = previously('Tier 1', {
      acvBand: 'large',
      on: ALL_FLAGS,
      daysInTier: 400,
      failingDays: 400,
    });
    expect(evaluate({ ...warm, previous: large })).toMatchObject({ tier: 'Tier 1', acvBand: 'large' });
  });

  it('uses the weights of the ICP when given', () => {
    const weighed = evaluateAccount(anAccount({ fit: { industry: 1, geo: 0 } }), shippedPolicy, {
      industry: 60,
      geo: 40,
    });
    expect(weighed).toMatchObject({ fit: 60, completeness: 1 });
  });

  it('of a blank record is Unscored, however loudly it surges', () => {
    expect(evaluate({ fit: { geo: 1, budget: 1 }, topics: [aTopic(100)] })).toMatchObject({
      tier: 'Unscored',
      completeness: 0.2,
      reasons: ['DATA_INCOMPLETE'],
    });
  });
});

const age = fc.double({ min: 0, max: 110, noNaN: true });
const match = fc.constantFrom<Match>(1, 0.5, 0, null);
const flags = fc.record({
  fitStrong: fc.boolean(),
  fitHigh: fc.boolean(),
  intent: fc.boolean(),
  engaged: fc.boolean(),
});
const anyInput: fc.Arbitrary<EvaluationInput> = fc.record({
  id: fc.constant('any'),
  acv: fc.option(fc.integer({ min: 0, max: 200_000 })),
  employees: fc.option(fc.integer({ min: 0, max: 5000 })),
  fit: fc.oneof(
    fc.constant(STRONG_FIT),
    fc.record(
      Object.fromEntries(FIT_CRITERIA.general.map((name) => [name, match])) as Record<string, typeof match>,
    ),
  ),
  mustHaveMiss: fc.option(fc.constantFrom(...FIT_CRITERIA.general), { freq: 12 }),
  topicsConfigured: fc.integer({ min: 1, max: 9 }),
  topics: fc.array(
    fc.record({
      score: fc.double({ min: 0, max: 100, noNaN: true }),
      ageDays: age,
      method: fc.constantFrom(...INTENT_METHODS),
    }),
    { maxLength: 6 },
  ),
  signals: fc.array(fc.record({ points: fc.constantFrom(8, 25, 50), ageDays: age }), { maxLength: 3 }),
  events: fc.array(
    fc.record({
      type: fc.constantFrom(...EVENT_TYPES),
      ageDays: age,
      person: fc.constantFrom(null, 'a', 'b', 'c'),
      role: fc.constantFrom(...PERSON_ROLES),
    }),
    { maxLength: 8 },
  ),
  previous: fc.option(
    fc.record({
      tier: fc.constantFrom(null, ...TIERS),
      daysInTier: fc.nat(120),
      failingDays: fc.nat(40),
      acvBand: fc.constantFrom(null, ...ACV_BANDS),
      on: flags,
    }),
  ),
  openOpportunity: fc.boolean(),
  able: fc.constantFrom<Rating | null>(null, 0, 1, 2, 3),
  excluded: fc.option(fc.constant('competitor'), { freq: 12 }),
  override: fc.option(
    fc.record({
      kind: fc.constantFrom(...OVERRIDE_KINDS),
      tier: fc.constantFrom(...SETTABLE_TIERS),
      expiresInDays: fc.integer({ min: -5, max: 90 }),
    }) as fc.Arbitrary<Override>,
  ),
});

const check = (property: (input: EvaluationInput) => void) => {
  fc.assert(fc.property(anyInput, property), { numRuns: 500 });
};

describe('whatever the account', () => {
  it('gives the same answer to the same facts, in whatever order they are told', () => {
    check((input) => {
      const told = evaluateAccount(input, shippedPolicy);
      expect(evaluateAccount(structuredClone(input), shippedPolicy)).toEqual(told);
      const reversed = { ...input, topics: input.topics.toReversed(), events: input.events.toReversed() };
      expect(evaluateAccount(reversed, shippedPolicy)).toEqual(told);
    });
  });

  it('computes the same tier whoever overrides it and whatever holds it', () => {
    check((input) => {
      const { override: _, ...free } = input;
      const bare = evaluateAccount({ ...free, override: null, openOpportunity: false }, shippedPolicy);
      expect(evaluateAccount(input, shippedPolicy).computedTier).toBe(bare.computedTier);
    });
  });

  it('shows without an override never less than it computed', () => {
    check((input) => {
      const { tier, computedTier } = evaluateAccount({ ...input, override: null }, shippedPolicy);
      expect(isBetter(computedTier, tier)).toBe(false);
    });
  });

  it('never demotes while a deal is open', () => {
    check((input) => {
      const open = { ...input, override: null, excluded: null, openOpportunity: true };
      const was = input.previous?.tier ?? null;
      const fell = was !== null && isRanked(was) && isBetter(was, evaluateAccount(open, shippedPolicy).tier);
      expect(fell).toBe(false);
    });
  });

  it('settles at once: the flags it remembers give the same scores and tier again', () => {
    check((input) => {
      const first = evaluateAccount(input, shippedPolicy);
      const { acvBand, on } = first;
      const again = evaluateAccount(
        { ...input, previous: { ...previously(null), ...input.previous, acvBand, on } },
        shippedPolicy,
      );
      expect(again).toEqual(first);
    });
  });

  it('reaches a tier at least as good when it remembers being on', () => {
    check((input) => {
      const computed = (on: typeof ALL_FLAGS) =>
        evaluateAccount({ ...input, previous: { ...previously(null), on } }, shippedPolicy).computedTier;
      const none = { fitStrong: false, fitHigh: false, intent: false, engaged: false };
      expect(isBetter(computed(none), computed(ALL_FLAGS))).toBe(false);
    });
  });
});
