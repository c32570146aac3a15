import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignCohort, type CustomerHistory, type HistoricDeal } from '#domain/fit/learn/assign-cohort.ts';
import { isPipelineLocked } from '#domain/value/is-pipeline-locked.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 10, 20);
const DAY_MS = 86_400_000;
const policy = shippedPolicy.learning.cycles;

interface Told {
  readonly state: 'won' | 'lost' | 'open';
  readonly daysAgo: number;
  readonly termMonths?: number;
  readonly renewal?: boolean;
}

const deal = ({ state, daysAgo, termMonths, renewal }: Told): HistoricDeal => ({
  amount: 1,
  termMonths: termMonths ?? null,
  isClosed: state !== 'open',
  isWon: state === 'won',
  closeAtMs: asOf - daysAgo * DAY_MS,
  isRenewal: renewal ?? false,
});

function judge(deals: readonly Told[], rest: Partial<CustomerHistory> = {}, medianTermMonths = 12) {
  const told = deals.map(deal);
  return assignCohort(
    {
      deals: told,
      paid: null,
      standing: 'other',
      hasOpenDeal: isPipelineLocked(told, asOf, shippedPolicy.stay.opportunityPastDays),
      ...rest,
    },
    medianTermMonths,
    asOf,
    policy,
  );
}

const won = (daysAgo: number, rest: Partial<Told> = {}): Told => ({ state: 'won', daysAgo, ...rest });
const lost = (daysAgo: number, rest: Partial<Told> = {}): Told => ({ state: 'lost', daysAgo, ...rest });
const open = (daysAhead: number): Told => ({ state: 'open', daysAgo: -daysAhead });
const paid = (firstDaysAgo: number, lastDaysAgo: number) => ({
  firstMs: asOf - firstDaysAgo * DAY_MS,
  lastMs: asOf - lastDaysAgo * DAY_MS,
});

describe('a best customer', () => {
  it('won and renewed', () => {
    expect(judge([won(400), won(40)])).toEqual({ history: 'proven', cycles: 2, byTenure: false });
  });

  it('renewed early, in the last quarter of the contract', () => {
    expect(judge([won(300), won(20)]).history).toBe('proven');
  });

  it('is not made by an expansion in the middle of the contract, or the same deal in another CRM', () => {
    expect(judge([won(300), won(150), won(300)])).toMatchObject({ history: 'first_cycle', cycles: 1 });
  });

  it('renewed, where the first deal that we know is called a renewal', () => {
    expect(judge([won(100, { renewal: true })])).toMatchObject({ history: 'proven', cycles: 2 });
  });

  it('is judged by the term of the deal itself: three years are one cycle', () => {
    expect(judge([won(900, { termMonths: 36 }), won(500)], {}, 24)).toMatchObject({
      history: 'first_cycle',
      cycles: 1,
    });
  });

  it('has been one for two median terms, though only one deal says so', () => {
    const longAgo = { standing: 'customer' } as const;
    expect(judge([won(800)], longAgo)).toEqual({ history: 'proven', cycles: 1, byTenure: true });
    expect(judge([won(700)], longAgo).history).toBe('first_cycle');
    expect(judge([won(800)], longAgo, 24).history).toBe('first_cycle');
  });

  it('has paid for two terms and still pays, without any deal', () => {
    expect(judge([], { paid: paid(800, 100) })).toEqual({ history: 'proven', cycles: 0, byTenure: true });
  });

  it('stays one while something new is being sold to it', () => {
    expect(judge([won(400), won(40), open(30)]).history).toBe('proven');
  });
});

describe('a lost company', () => {
  it('never bought', () => {
    expect(judge([lost(60)]).history).toBe('lost');
  });

  it('is undecided while a deal is open, and lost again once that deal is forgotten', () => {
    expect(judge([lost(300), open(30)]).history).toBe('working');
    expect(judge([lost(300), open(-200)]).history).toBe('lost');
  });

  it('is none when it is a customer by its type', () => {
    expect(judge([lost(60)], { standing: 'customer' }).history).toBe('undated');
  });
});

describe('a customer who left within the first cycle', () => {
  it('lost its renewal', () => {
    expect(judge([won(200), lost(10, { renewal: true })]).history).toBe('churned');
  });

  it('did not leave because an expansion was lost', () => {
    expect(judge([won(200), lost(10)]).history).toBe('first_cycle');
  });

  it('is called a former customer', () => {
    expect(judge([won(200)], { standing: 'former' }).history).toBe('churned');
  });

  it('let the contract end: told only after the days of grace', () => {
    expect(judge([won(365 + 80)]).history).toBe('first_cycle');
    expect(judge([won(365 + 100)]).history).toBe('churned');
  });

  it('did not leave as long as it pays', () => {
    expect(judge([won(500)], { paid: paid(500, 30) }).history).toBe('first_cycle');
  });

  it('is being won back while a deal is open', () => {
    expect(judge([won(600), open(20)]).history).toBe('working');
  });

  it('left later when it paid for more than a term: neither cohort can claim it', () => {
    expect(judge([], { paid: paid(1200, 600) }).history).toBe('undated');
  });
});

describe('any history', () => {
  it('gives the same verdict in whatever order its deals are told (invariant L3)', () => {
    const told = fc.record({
      state: fc.constantFrom('won' as const, 'lost' as const, 'open' as const),
      daysAgo: fc.integer({ min: -60, max: 2000 }),
      termMonths: fc.constantFrom(6, 12, 36),
      renewal: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(told, { selector: ({ daysAgo }) => daysAgo }), (deals) => {
        expect(judge(deals.toReversed())).toEqual(judge(deals));
      }),
    );
  });
});
