import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NOTHING_REMEMBERED } from '#domain/tier/assess-account.ts';
import type { EvaluationInput } from '#domain/tier/evaluation.ts';
import { isBetter } from '#domain/tier/tier.ts';
import { type Change, plainCriteria, type WhatIfRules } from '#domain/tier/what-if/change.ts';
import { findMovesUp, type MoveUp } from '#domain/tier/what-if/find-moves-up.ts';
import { sayChange } from '#domain/tier/what-if/say-change.ts';
import { anAccount, anEvent, aTopic, previously, SURGING, shippedPolicy, TWO_ENGAGED } from '../account.ts';
import { applyByHand, slightlyLess, tierOf } from './apply-by-hand.ts';
import { randomAccount } from './random-account.ts';

function rulesFor(input: EvaluationInput): WhatIfRules {
  const weights = shippedPolicy.fit.weights.general;
  return {
    remembered: input.previous ?? NOTHING_REMEMBERED,
    policy: shippedPolicy,
    weights,
    criteria: plainCriteria(weights),
  };
}

function movesOf(input: EvaluationInput): readonly MoveUp[] {
  return findMovesUp({ facts: input, override: input.override }, rulesFor(input));
}

const said = (input: EvaluationInput) =>
  movesOf(input).map(({ tier, changes }) => `${tier} if ${changes.map(sayChange).join('; ')}`);

const tier = (input: EvaluationInput) => tierOf(input, shippedPolicy);

describe('what would move an account up', { timeout: 60_000 }, () => {
  it('is one sentence away for a strong large account that is researching', () => {
    expect(said(anAccount({ topics: SURGING }))).toEqual([
      'Tier 1 if 3 more replies by 3 further people',
      'Tier 1 if a person whose role is known asks for a demo',
    ]);
  });

  it('is a set when one change does not do', () => {
    const moves = said(
      anAccount({ acv: 60_000, topics: SURGING, previous: previously(null, { acvBand: 'medium' }) }),
    );
    expect(moves).toContain(
      'Tier 1 if ACV potential reaches 110,000 (large); 3 more replies by 3 further people',
    );
  });

  it('names the topic that wore off, and the score that another would need', () => {
    const topics = [{ ...aTopic(69, 30), name: 'ERP migration' }];
    const moves = said(anAccount({ topics, topicsConfigured: 4, events: TWO_ENGAGED }));
    expect(moves).toEqual([
      'Tier 1 if "ERP migration" is seen at 60 or more',
      'Tier 1 if "ERP migration" is seen again as high as last time',
      'Tier 1 if 1 profile view on a review site',
      'Tier 1 if somebody asks for a demo',
    ]);
  });

  it('says that a must-have, an exclusion or an override stands in the way', () => {
    const ready = { topics: SURGING, events: TWO_ENGAGED } as const;
    expect(said(anAccount({ ...ready, mustHaveMiss: 'geo' }))).toContain(
      'Tier 2 if geo is an adjacent match or better (a must-have)',
    );
    expect(said(anAccount({ ...ready, excluded: 'competitor' }))).toEqual([
      'Tier 1 if it leaves the list of accounts to avoid (competitor)',
    ]);
    const override = { kind: 'ceiling', tier: 'Tier 2', expiresInDays: 30 } as const;
    expect(said(anAccount({ ...ready, override }))).toEqual(['Tier 1 if the override (ceiling) ends']);
    expect(said(anAccount({ ...ready, able: 0 }))).toEqual(['Tier 1 if the budget is no longer frozen']);
  });

  it('says nothing of an account that cannot rise', () => {
    expect(said(anAccount({ topics: SURGING, events: TWO_ENGAGED }))).toEqual([]);
  });

  it('counts the replies of people seen before', () => {
    const events = [anEvent('webinar', 0, 'Ines', 'decision_maker'), anEvent('click', 1, 'Jun', 'user')];
    expect(said(anAccount({ topics: SURGING, events }))).toContain(
      'Tier 1 if 1 more reply by 1 person seen before',
    );
  });

  it('is true, each of it, when it is applied (invariant T20)', () => {
    fc.assert(
      fc.property(randomAccount, (input) => {
        const before = tier(input);
        for (const move of movesOf(input)) {
          expect(isBetter(move.tier, before)).toBe(true);
          expect([move, tier(applyByHand(input, move.changes))]).toEqual([move, move.tier]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is nothing more than is needed: less of it, in any way, does not do (invariant T20)', () => {
    fc.assert(
      fc.property(randomAccount, (input) => {
        for (const { tier: target, changes } of movesOf(input)) {
          for (const [index, change] of changes.entries()) {
            const without = changes.toSpliced(index, 1);
            const lesser = [without, ...slightlyLess(change, input).map((less) => changes.with(index, less))];
            for (const set of lesser) {
              const reached = tier(applyByHand(input, set));
              expect([target, set, isBetter(target, reached)]).toEqual([target, set, true]);
            }
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('overlooks nothing: where any changes of so many kinds lead, no more kinds are told (invariant T20)', () => {
    const great: fc.Arbitrary<Change> = fc.oneof(
      fc.constant<Change>({ kind: 'acv', atLeast: 1_000_000, band: 'large' }),
      fc.constant<Change>({ kind: 'acv', atLeast: 40_000, band: 'medium' }),
      fc.constant<Change>({
        kind: 'topic_score',
        score: 97,
        topics: [0, 1].map(() => ({ index: null, name: null })),
      }),
      fc.constant<Change>({
        kind: 'engagement',
        type: 'reply',
        replies: [1, 2, 3].map(() => ({ person: null, role: 'unknown', times: 3 })),
      }),
      fc.constantFrom<Change>(
        { kind: 'act_now', type: 'demo_request', role: 'user' },
        { kind: 'act_now', type: 'demo_request', role: 'unknown' },
        { kind: 'able' },
        { kind: 'exclusion_ends', reason: '' },
        { kind: 'override_ends', override: 'pin' },
      ),
      fc.subarray(Object.keys(shippedPolicy.fit.weights.general), { minLength: 1 }).map(
        (names): Change => ({
          kind: 'fit',
          criteria: names.map((criterion) => ({ criterion, to: 1, wasMissed: false })),
        }),
      ),
    );
    fc.assert(
      fc.property(
        randomAccount,
        fc.uniqueArray(great, { minLength: 1, maxLength: 3, selector: ({ kind }) => kind }),
        (input, changes) => {
          const reached = tier(applyByHand(input, changes));
          fc.pre(isBetter(reached, tier(input)));
          const told = movesOf(input).filter((move) => !isBetter(reached, move.tier));
          const fewest = Math.min(...told.map((move) => move.changes.length));
          expect([changes, fewest <= changes.length]).toEqual([changes, true]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
