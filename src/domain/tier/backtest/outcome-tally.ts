// What became of companies in a window, group by group: win rate, pipeline, how many had something new. A group is a tier, or a rule,
// at the start of the window: winners that rose later flatter nobody. Too few make no share.
import { type Interval, wilsonInterval } from '#domain/fit/learn/wilson-interval.ts';

/** One company's deals in the window. Amounts in the workspace's currency; unknown amounts count as 0. */
export interface CompanyOutcome {
  readonly won: number;
  readonly wonAmount: number;
  readonly lost: number;
  readonly lostAmount: number;
  /** Opportunities that began in the window. */
  readonly opened: number;
  readonly openedAmount: number;
}

export interface Rate {
  readonly having: number;
  readonly of: number;
  /** null: too few to say. */
  readonly share: number | null;
  /** 95%, by Wilson. */
  readonly interval: Interval | null;
}

export interface GroupOutcome {
  readonly companies: number;
  /** Of the opportunities closed in the window. */
  readonly winRate: Rate;
  readonly wonAmount: number;
  /** Share of the amount closed; null with too few. */
  readonly wonAmountShare: number | null;
  readonly opened: number;
  readonly openedAmount: number;
  /** Companies with a new opportunity, of all. */
  readonly precision: Rate;
  /** Companies that bought, of all. */
  readonly bought: Rate;
}

/** Below this many a share says nothing (catalogue of metrics). */
const FEWEST = 10;

export interface OutcomeTally {
  add(group: string, outcome: CompanyOutcome): void;
  /** Groups in the order in which they were first met. */
  groups(): ReadonlyMap<string, GroupOutcome>;
}

export function createOutcomeTally(): OutcomeTally {
  const sums = new Map<string, Sums>();
  return {
    add(group, outcome) {
      const sum = sums.get(group) ?? noSums();
      sum.companies += 1;
      sum.won += outcome.won;
      sum.wonAmount += outcome.wonAmount;
      sum.lost += outcome.lost;
      sum.lostAmount += outcome.lostAmount;
      sum.opened += outcome.opened;
      sum.openedAmount += outcome.openedAmount;
      sum.withOpened += Number(outcome.opened > 0);
      sum.withWon += Number(outcome.won > 0);
      sums.set(group, sum);
    },
    groups: () => new Map([...sums].map(([group, sum]) => [group, toOutcome(sum)])),
  };
}

type Sums = { -readonly [Key in keyof CompanyOutcome]: number } & {
  companies: number;
  withOpened: number;
  withWon: number;
};

function noSums(): Sums {
  return {
    companies: 0,
    won: 0,
    wonAmount: 0,
    lost: 0,
    lostAmount: 0,
    opened: 0,
    openedAmount: 0,
    withOpened: 0,
    withWon: 0,
  };
}

function toOutcome(sum: Sums): GroupOutcome {
  const closedAmount = sum.wonAmount + sum.lostAmount;
  const winRate = rateOf(sum.won, sum.won + sum.lost);
  return {
    companies: sum.companies,
    winRate,
    wonAmount: sum.wonAmount,
    wonAmountShare: winRate.share === null || closedAmount === 0 ? null : sum.wonAmount / closedAmount,
    opened: sum.opened,
    openedAmount: sum.openedAmount,
    precision: rateOf(sum.withOpened, sum.companies),
    bought: rateOf(sum.withWon, sum.companies),
  };
}

function rateOf(having: number, of: number): Rate {
  const says = of >= FEWEST;
  return { having, of, share: says ? having / of : null, interval: says ? wilsonInterval(having, of) : null };
}
