// How well a profile tells proven customers from lost ones: what share of each it calls high, and how often it ranks right.
import type { FitPolicy, FitWeights } from '#domain/fit/fit-policy.ts';
import type { Criterion } from '#domain/fit/icp.ts';
import { scoreFit } from '#domain/fit/score-fit.ts';
import type { MatchTally } from './tally-matches.ts';

export interface Separation {
  /** Shares whose fit is high or strong. */
  readonly provenHigh: number;
  readonly lostHigh: number;
  /** Of all pairs of a proven and a lost company, those in which the proven one has more fit; equal ones count half. */
  readonly rankedRight: number;
}

const OFF = { fitStrong: false, fitHigh: false } as const;

/** Null when one of the cohorts is empty. */
export function measureSeparation(
  tally: MatchTally,
  criteria: readonly Criterion[],
  weights: FitWeights,
  policy: FitPolicy,
): Separation | null {
  const scored = [...tally.patterns.values()].map(({ matches, counts }) => {
    const missed = criteria.find(({ name, mustHave }) => mustHave && matches[name] === 0)?.name ?? null;
    const { fit, isHigh } = scoreFit(matches, missed, weights, OFF, policy);
    return { fit, isHigh, counts };
  });
  const sum = (of: typeof scored, cohort: 'proven' | 'lost') =>
    of.reduce((total, { counts }) => total + counts[cohort], 0);
  const proven = sum(scored, 'proven');
  const lost = sum(scored, 'lost');
  if (proven === 0 || lost === 0) return null;
  const high = scored.filter(({ isHigh }) => isHigh);
  return {
    provenHigh: sum(high, 'proven') / proven,
    lostHigh: sum(high, 'lost') / lost,
    rankedRight: rankedRight(scored) / (proven * lost),
  };
}

function rankedRight(
  scored: readonly {
    readonly fit: number;
    readonly counts: { readonly proven: number; readonly lost: number };
  }[],
): number {
  let lostBelow = 0;
  let pairs = 0;
  const byFit = Map.groupBy(scored, ({ fit }) => fit);
  for (const fit of [...byFit.keys()].toSorted((a, b) => a - b)) {
    let proven = 0;
    let lost = 0;
    for (const { counts } of byFit.get(fit) ?? []) {
      proven += counts.proven;
      lost += counts.lost;
    }
    pairs += proven * (lostBelow + lost / 2);
    lostBelow += lost;
  }
  return pairs;
}
