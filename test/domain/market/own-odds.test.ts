import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FirstDecision, firstDecisions } from '#domain/market/first-decisions.ts';
import { createOddsTally, estimateOdds, tallyDecisions } from '#domain/market/own-odds.ts';
import type { Deal } from '#domain/value/deal.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;
const { market } = shippedPolicy;

const deal = (state: 'won' | 'lost' | 'open', daysAgo: number, amount: number | null = 1000): Deal => ({
  amount,
  termMonths: null,
  isClosed: state !== 'open',
  isWon: state === 'won',
  closeAtMs: asOf - daysAgo * DAY_MS,
});
const told = (decisions: readonly FirstDecision[]) =>
  decisions.map(({ isWon, closeAtMs }) => `${isWon ? 'won' : 'lost'} ${(asOf - closeAtMs) / DAY_MS}`);

describe('the first decisions of a company', () => {
  it('are its losses before the first win, and that win', () => {
    const deals = [deal('won', 30), deal('lost', 200), deal('won', 90), deal('lost', 10), deal('open', 5)];
    expect(told(firstDecisions(deals))).toEqual(['lost 200', 'won 90']);
  });

  it('count a deal once that stands in two CRMs', () => {
    expect(
      told(firstDecisions([deal('lost', 50), deal('lost', 50), deal('won', 20), deal('won', 20)])),
    ).toEqual(['lost 50', 'won 20']);
  });

  it('do not depend on the order in which deals are told', () => {
    const any = fc.record({
      state: fc.constantFrom('won' as const, 'lost' as const, 'open' as const),
      daysAgo: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(any), (given) => {
        const deals = given.map(({ state, daysAgo }) => deal(state, daysAgo));
        expect(firstDecisions(deals.toReversed())).toEqual(firstDecisions(deals));
      }),
    );
  });
});

describe('the odds that own history gives', () => {
  const since = asOf - 365 * DAY_MS;
  const tallied = (deals: readonly (readonly Deal[])[]) => {
    const tally = createOddsTally();
    for (const one of deals) tallyDecisions(tally, firstDecisions(one), since, asOf);
    return tally;
  };

  it('are the share of first deals won and the mean of what they bring, with 95% intervals', () => {
    const won = Array.from({ length: 20 }, (_, index) => [deal('won', 10 + index, 10_000 + 1000 * index)]);
    const lost = Array.from({ length: 20 }, (_, index) => [deal('lost', 10 + index)]);
    const { win, acv } = estimateOdds(tallied([...won, ...lost]), market);
    expect(win).toMatchObject({ value: 0.5, n: 40, believed: true });
    expect(win.low).toBeCloseTo(0.352, 3);
    expect(win.high).toBeCloseTo(0.648, 3);
    expect(acv).toMatchObject({ value: 19_500, n: 20, believed: true });
    // 19,500 ± 1.96 × 5,916.08 / √20
    expect(acv.low).toBeCloseTo(16_907, 0);
    expect(acv.high).toBeCloseTo(22_093, 0);
  });

  it('are not believed below the number of cases that the policy wants', () => {
    const { win, acv, opportunity } = estimateOdds(tallied([[deal('won', 10)], [deal('lost', 10)]]), market);
    expect([win.believed, acv.believed, opportunity.believed]).toEqual([false, false, false]);
    expect([win.n, acv.n, opportunity.n]).toEqual([2, 1, 0]);
  });

  it('leave out what was decided before the time looked at, and a win without a value from the mean', () => {
    const tally = tallied([[deal('won', 400)], [deal('won', 20, null)], [deal('lost', 20)]]);
    expect(tally).toMatchObject({ decided: 2, won: 1, wins: 0 });
  });

  it('are not believed when nothing was ever won: one cannot plan with nothing', () => {
    const lost = Array.from({ length: 50 }, (_, index) => [deal('lost', 10 + index)]);
    expect(estimateOdds(tallied(lost), market).win).toMatchObject({ value: 0, n: 50, believed: false });
  });
});
