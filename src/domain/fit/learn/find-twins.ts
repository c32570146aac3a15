// Finds criteria of a profile that mostly say the same of a company: large firms have large revenue. Both count, so one fact
// weighs twice; whether that is meant, people decide.
import type { FitMatches } from '#domain/fit/score-fit.ts';
import type { MatchTally } from './tally-matches.ts';

export interface Twins {
  readonly one: string;
  readonly other: string;
  /** The phi coefficient of their exact matches: 1 always together, 0 nothing to do with each other. */
  readonly agreement: number;
}

/** The most alike first. @param criteria names @param from agreement from which two are twins */
export function findTwins(tally: MatchTally, criteria: readonly string[], from: number): readonly Twins[] {
  return criteria
    .flatMap((one, index) =>
      criteria.slice(index + 1).map((other) => ({ one, other, agreement: agreementOf(tally, one, other) })),
    )
    .filter(({ agreement }) => agreement >= from)
    .toSorted((a, b) => b.agreement - a.agreement);
}

/** Of the companies of which both are known; 0 where one of the two is always or never met. */
function agreementOf(tally: MatchTally, one: string, other: string): number {
  let [both, first, second, neither] = [0, 0, 0, 0];
  for (const { matches, counts } of tally.patterns.values()) {
    if (!isKnown(matches, one) || !isKnown(matches, other)) continue;
    const companies = counts.proven + counts.lost;
    if (matches[one] === 1 && matches[other] === 1) both += companies;
    else if (matches[one] === 1) first += companies;
    else if (matches[other] === 1) second += companies;
    else neither += companies;
  }
  const spread = (both + first) * (second + neither) * (both + second) * (first + neither);
  return spread === 0 ? 0 : (both * neither - first * second) / Math.sqrt(spread);
}

function isKnown(matches: FitMatches, criterion: string): boolean {
  return (matches[criterion] ?? null) !== null;
}
