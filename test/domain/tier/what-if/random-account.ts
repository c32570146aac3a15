// Random accounts near the edges of the shipped policy, where a small change matters.
import * as fc from 'fast-check';
import type { Match } from '#domain/fit/score-fit.ts';
import type { Override } from '#domain/tier/apply-override.ts';
import type { EvaluationInput, Rating } from '#domain/tier/evaluation.ts';
import { SETTABLE_TIERS } from '#domain/tier/tier.ts';
import { ACV_BANDS } from '#domain/value/value-policy.ts';
import { anAccount, previously } from '../account.ts';

const CRITERIA = ['industry', 'geo', 'employees', 'tech', 'customerBase', 'revenue', 'maturity', 'budget'];

const match = fc.constantFrom<Match>(1, 1, 1, 0.5, 0, null);
const fit = fc
  .array(match, { minLength: 8, maxLength: 8 })
  .map((matches) => Object.fromEntries(CRITERIA.map((name, index) => [name, matches[index] ?? null])));

const topic = fc.record({
  score: fc.integer({ min: 30, max: 90 }),
  ageDays: fc.constantFrom(0, 3, 20, 95),
  method: fc.constantFrom('publisher' as const, 'coop_consented' as const, 'bidstream' as const),
});

const event = fc.record({
  type: fc.constantFrom('page' as const, 'reply' as const, 'webinar' as const, 'demo_request' as const),
  ageDays: fc.constantFrom(1, 10, 40, 80),
  person: fc.constantFrom('Ines', 'Jun', null),
});
const ROLES = { Ines: 'decision_maker', Jun: 'unknown' } as const;

const override: fc.Arbitrary<Override | null> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom('pin' as const, 'floor' as const, 'ceiling' as const),
      tier: fc.constantFrom(...SETTABLE_TIERS),
      expiresInDays: fc.constantFrom(0, 30),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('exclude' as const), expiresInDays: fc.constantFrom(5) }),
  },
);

const previous = fc.option(
  fc
    .record({
      acvBand: fc.option(fc.constantFrom(...ACV_BANDS)),
      fitStrong: fc.boolean(),
      fitHigh: fc.boolean(),
      intent: fc.boolean(),
      engaged: fc.boolean(),
    })
    .map(({ acvBand, ...on }) => previously(null, { acvBand, on })),
);

export const randomAccount: fc.Arbitrary<EvaluationInput> = fc
  .record({
    fit,
    mustHaveMiss: fc.option(fc.constantFrom('geo', 'tech'), { freq: 6 }).map((name) => name),
    acv: fc.constantFrom(null, 8_000, 24_000, 60_000, 99_999, 104_000, 180_000),
    employees: fc.constantFrom(null, 40, 400, 4_000),
    topics: fc.array(topic, { maxLength: 4 }),
    topicsConfigured: fc.constantFrom(1, 4, 8),
    signals: fc.array(fc.record({ points: fc.constantFrom(8, 25), ageDays: fc.constantFrom(1, 40) }), {
      maxLength: 1,
    }),
    events: fc.array(event, { maxLength: 4 }),
    able: fc.constantFrom<Rating | null>(null, null, 0, 2),
    success: fc.constantFrom<Rating | null>(null, null, 0, 2),
    excluded: fc.option(fc.constant('competitor'), { freq: 8 }),
    override,
    previous,
  })
  .map(({ mustHaveMiss, events, excluded, ...rest }) =>
    anAccount({
      ...rest,
      // fc.option is mostly the value: here the exception is wanted.
      mustHaveMiss: mustHaveMiss === 'tech' ? 'tech' : null,
      excluded: excluded === null ? 'competitor' : null,
      events: events.map((one) => ({
        ...one,
        role: one.person === null ? 'unknown' : ROLES[one.person as 'Ines'],
      })),
    }),
  );
