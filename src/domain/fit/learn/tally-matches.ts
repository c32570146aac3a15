// Counts the ways in which companies match a set of criteria. Four outcomes to the power of eight criteria at most: bounded,
// however many companies there are.
import type { FitMatches, Match } from '#domain/fit/score-fit.ts';
import { type CohortCounts, NOBODY } from './cohort-counts.ts';
import type { Cohort } from './tally-field.ts';

export interface MatchTally {
  readonly criteria: readonly string[];
  readonly patterns: Map<
    string,
    { readonly matches: FitMatches; readonly counts: { -readonly [Name in Cohort]: number } }
  >;
}

export function createMatchTally(criteria: readonly string[]): MatchTally {
  return { criteria, patterns: new Map() };
}

export function tallyMatches(tally: MatchTally, matches: FitMatches, cohort: Cohort): void {
  const pattern = tally.criteria.map((name) => matches[name] ?? '-').join(' ');
  const known = tally.patterns.get(pattern) ?? { matches, counts: { ...NOBODY } };
  tally.patterns.set(pattern, known);
  known.counts[cohort] += 1;
}

/** Companies by how they match one criterion; the unknown are left out. */
export interface MatchGroups {
  readonly exact: CohortCounts;
  readonly adjacent: CohortCounts;
  readonly miss: CohortCounts;
}

export function groupByMatch(tally: MatchTally, criterion: string): MatchGroups {
  const groupOf = (wanted: Match): CohortCounts => {
    const group = { ...NOBODY };
    for (const { matches, counts } of tally.patterns.values()) {
      if ((matches[criterion] ?? null) !== wanted) continue;
      group.proven += counts.proven;
      group.lost += counts.lost;
    }
    return group;
  };
  return { exact: groupOf(1), adjacent: groupOf(0.5), miss: groupOf(0) };
}
