// What own history says of the odds of an account, with how sure that is; nothing where history is too short.
import { type Interval, wilsonInterval } from '#domain/fit/learn/wilson-interval.ts';
import type { FirstDecision } from './first-decisions.ts';
import type { MarketPolicy } from './market-policy.ts';
import type { AccountOdds } from './minimum-viable-audience.ts';

/** Grows company by company, and holds none. */
export interface OddsTally {
  decided: number;
  won: number;
  /** Companies of high fit that could have got a deal, and those that did. */
  watched: number;
  opened: number;
  /** First wins whose value is known: count, mean, sum of squared distances (Welford 1962). */
  wins: number;
  mean: number;
  squares: number;
}

export function createOddsTally(): OddsTally {
  return { decided: 0, won: 0, watched: 0, opened: 0, wins: 0, mean: 0, squares: 0 };
}

/** Decisions before `fromMs` or after as-of are left out. */
export function tallyDecisions(
  tally: OddsTally,
  decisions: readonly FirstDecision[],
  fromMs: number,
  asOfMs: number,
): void {
  for (const { isWon, closeAtMs, acv } of decisions) {
    if (closeAtMs < fromMs || closeAtMs > asOfMs) continue;
    tally.decided += 1;
    if (isWon) tally.won += 1;
    if (acv === null || acv <= 0) continue;
    tally.wins += 1;
    const distance = acv - tally.mean;
    tally.mean += distance / tally.wins;
    tally.squares += distance * (acv - tally.mean);
  }
}

/** One of the odds as history has it. `believed` false: fewer cases than needed, so people have to say. */
export interface OwnEstimate extends Interval {
  readonly value: number;
  /** Cases it is counted from. */
  readonly n: number;
  readonly needed: number;
  readonly believed: boolean;
}

export type OwnOdds = Readonly<Record<keyof AccountOdds, OwnEstimate>>;

/** 95% intervals: of shares by Wilson, of the mean by its standard error. */
export function estimateOdds(tally: OddsTally, policy: MarketPolicy): OwnOdds {
  return {
    acv: meanOf(tally, policy.minimumWins),
    opportunity: shareOf(tally.opened, tally.watched, policy.minimumCompanies),
    win: shareOf(tally.won, tally.decided, policy.minimumDecided),
  };
}

/** A share of none at all cannot be planned with, however often it was looked for. */
function shareOf(part: number, of: number, needed: number): OwnEstimate {
  return {
    value: of === 0 ? 0 : part / of,
    ...wilsonInterval(part, of),
    n: of,
    needed,
    believed: of >= needed && part > 0,
  };
}

const NORMAL_95 = 1.96;

function meanOf({ wins, mean, squares }: OddsTally, needed: number): OwnEstimate {
  const error = wins < 2 ? mean : NORMAL_95 * Math.sqrt(squares / (wins - 1) / wins);
  return {
    value: mean,
    low: Math.max(0, mean - error),
    high: mean + error,
    n: wins,
    needed,
    believed: wins >= needed,
  };
}
