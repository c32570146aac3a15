import { describe, expect, it } from 'vitest';
import { type RatingFacts, rateAccount } from '#domain/tier/rate-account.ts';
import { shippedPolicy } from './account.ts';

const rate = (changes: Partial<RatingFacts> = {}, edits: Parameters<typeof rateAccount>[1] = {}) =>
  rateAccount(
    {
      fit: 40,
      intent: 0,
      intentOn: false,
      engagedOn: false,
      metRecently: false,
      trigger: null,
      deadlineInDays: null,
      budget: null,
      revenueKnown: false,
      decisionMakerKnown: false,
      ...changes,
    },
    edits,
    shippedPolicy.ratings,
  );

describe('ready, willing, able, success potential', () => {
  it('of a silent stranger is one: its budget is not known to be frozen', () => {
    expect(rate()).toMatchObject({
      ready: { rating: 0, reason: 'NO_TRIGGER' },
      willing: { rating: 0, reason: 'SILENT' },
      able: { rating: 1, reason: 'BUDGET_UNKNOWN' },
      success: { rating: 0 },
      total: 1,
    });
  });

  it('is ready by a surge, more so by a deadline within 180 days', () => {
    expect(rate({ intent: 54 }).ready.rating).toBe(1);
    expect(rate({ intent: 66, intentOn: true }).ready).toEqual({ rating: 2, reason: 'SURGE' });
    expect(rate({ deadlineInDays: 180 }).ready).toEqual({ rating: 3, reason: 'DEADLINE' });
    expect(
      [rate({ deadlineInDays: 181 }), rate({ deadlineInDays: -1 })].map(({ ready }) => ready.rating),
    ).toEqual([0, 0]);
  });

  it('is ready by what somebody noted: clearly by the words of the policy, weakly by any other', () => {
    expect(rate({ trigger: 'Series B Funding, 40M' }).ready).toEqual({ rating: 2, reason: 'TRIGGER' });
    expect(rate({ trigger: 'new office' }).ready).toEqual({ rating: 1, reason: 'WEAK_TRIGGER' });
    expect(rate({ trigger: 'new office', intent: 66, intentOn: true }).ready.reason).toBe('SURGE');
  });

  it('is willing by intent, engagement, a meeting', () => {
    expect(rate({ intentOn: true }).willing.rating).toBe(1);
    expect(rate({ intentOn: true, engagedOn: true }).willing.rating).toBe(2);
    expect(rate({ metRecently: true }).willing.rating).toBe(3);
  });

  it('is able by budget, else by revenue and a decision maker', () => {
    expect(rate({ budget: 'frozen', revenueKnown: true, decisionMakerKnown: true }).able.rating).toBe(0);
    expect(rate({ budget: 'likely', revenueKnown: true }).able.rating).toBe(1);
    expect(rate({ revenueKnown: true, decisionMakerKnown: true }).able.rating).toBe(2);
    expect(rate({ budget: 'confirmed' }).able.rating).toBe(3);
  });

  it('has success potential by fit', () => {
    expect([49.9, 50, 70, 85].map((fit) => rate({ fit }).success.rating)).toEqual([0, 1, 2, 3]);
  });

  it('is what a rep says for 90 days', () => {
    const facts = { fit: 90, budget: 'confirmed' } as const;
    expect(rate(facts, { able: { rating: 0, ageDays: 90 } })).toMatchObject({
      able: { rating: 0, reason: 'SET_BY_REP' },
      total: 3,
    });
    expect(rate(facts, { able: { rating: 0, ageDays: 90.1 } }).able.rating).toBe(3);
  });
});
