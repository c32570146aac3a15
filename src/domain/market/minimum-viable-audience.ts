// The fewest accounts that reach a goal, by revenue and by return. Knows no history: its inputs are given.

/** What one account of high fit brings on average. */
export interface AccountOdds {
  /** Annual contract value of one won deal. */
  readonly acv: number;
  /** 0-1: the account becomes an opportunity. */
  readonly opportunity: number;
  /** 0-1: an opportunity is won. */
  readonly win: number;
}

export interface ProgramCosts {
  readonly fixed: number;
  readonly perAccount: number;
  /** Return on the costs, 1 for 100%. */
  readonly goal: number;
  /** Share of revenue that is left after what delivery costs, 0-1. */
  readonly margin: number;
}

/** 533.0000000000001 is meant as 533. */
const FLOAT_NOISE = 1e-9;

/** Null: no number of accounts reaches it, because one brings nothing. */
export function audienceForRevenue(target: number, { acv, opportunity, win }: AccountOdds): number | null {
  return accountsFor(target, acv * opportunity * win);
}

/** Null: each account costs more, the return included, than it brings. */
export function audienceForReturn(
  costs: ProgramCosts,
  { acv, opportunity, win }: AccountOdds,
): number | null {
  const { fixed, perAccount, goal, margin } = costs;
  return accountsFor(fixed * (1 + goal), acv * margin * opportunity * win - perAccount * (1 + goal));
}

function accountsFor(goal: number, eachBrings: number): number | null {
  if (eachBrings <= FLOAT_NOISE) return null;
  const accounts = goal / eachBrings;
  return Math.ceil(accounts - FLOAT_NOISE * Math.max(1, accounts));
}
