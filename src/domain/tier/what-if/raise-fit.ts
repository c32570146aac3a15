// The fewest criteria that would have to match, or match better, for fit to reach a score. Knows no tier.
import type { FitMatches, Match } from '#domain/fit/score-fit.ts';
import { scoreFit } from '#domain/fit/score-fit.ts';
import type { AccountFacts } from '../evaluation.ts';
import { applyChange } from './apply-change.ts';
import type { Change, ChangedCriterion, WhatIfRules } from './change.ts';

type FitChange = Extract<Change, { kind: 'fit' }>;

/** How many ways of the same size are told. */
const WAYS = 3;

/** Fits at which something changes for this account, ascending; those that it reaches already are left out. */
export function fitEdges(
  facts: AccountFacts,
  { remembered, policy, weights }: WhatIfRules,
): readonly number[] {
  const { fit, ratings } = policy;
  const now = scoreFit(facts.fit, facts.mustHaveMiss, weights, remembered.on, fit);
  const isJudged = facts.mustHaveMiss === null && now.completeness >= fit.minimumCompleteness;
  const edges = [
    0,
    fit.mediumFrom,
    remembered.on.fitHigh ? fit.high.stay : fit.high.enter,
    remembered.on.fitStrong ? fit.strong.stay : fit.strong.enter,
    ...(policy.veto.success ? [ratings.successFrom[0]] : []),
  ];
  return [...new Set(edges)].filter((edge) => !isJudged || now.fit < edge).toSorted((a, b) => a - b);
}

/**
 * Smallest number of criteria first, then the smallest gain in weight; up to three sets of the same number. Empty when even all
 * exact would not do. With it every must-have is met and enough is known.
 */
export function raiseFit(facts: AccountFacts, edge: number, rules: WhatIfRules): readonly FitChange[] {
  const { weights, policy } = rules;
  const options = rules.criteria
    .map((rule) => ({ rule, now: matchOf(facts, rule.name) }))
    .filter(({ rule, now }) => now !== 1 && (weights[rule.name] ?? 0) > 0)
    .map(({ rule, now }) => ({
      name: rule.name,
      wasMissed: now === 0 && (rule.mustHave || rule.name === facts.mustHaveMiss),
      to: now === 0.5 || !rule.hasAdjacent ? ([1] as const) : ([0.5, 1] as const),
      gain: (to: number) => (weights[rule.name] ?? 0) * (to - (now ?? policy.fit.unknownCounts)),
    }));
  // An unknown must-have is not missed; one that is known to be missed has to be in every set.
  const required = options.filter(({ wasMissed }) => wasMissed).length;
  for (let size = Math.max(1, required); size <= options.length; size += 1) {
    const found: { readonly criteria: readonly ChangedCriterion[]; readonly gain: number }[] = [];
    for (const criteria of choose(options, size)) {
      if (criteria.filter(({ wasMissed }) => wasMissed).length < required) continue;
      if (!reaches(facts, criteria, edge, rules)) continue;
      const gain = criteria.reduce(
        (sum, { criterion, to }) => sum + (options.find(({ name }) => name === criterion)?.gain(to) ?? 0),
        0,
      );
      found.push({ criteria, gain });
    }
    if (found.length > 0) return fewest(found);
  }
  return [];
}

function fewest(
  found: readonly { readonly criteria: readonly ChangedCriterion[]; readonly gain: number }[],
): readonly FitChange[] {
  const told = new Set<string>();
  const ways: FitChange[] = [];
  for (const { criteria } of found.toSorted((a, b) => a.gain - b.gain)) {
    const names = criteria.map(({ criterion }) => criterion).join();
    if (told.has(names) || ways.length === WAYS) continue;
    told.add(names);
    ways.push({ kind: 'fit', criteria });
  }
  return ways;
}

function reaches(
  facts: AccountFacts,
  criteria: readonly ChangedCriterion[],
  edge: number,
  rules: WhatIfRules,
): boolean {
  const { facts: changed } = applyChange({ facts, override: null }, { kind: 'fit', criteria }, rules);
  if (changed.mustHaveMiss !== null) return false;
  const { remembered, policy, weights } = rules;
  const { fit, completeness } = scoreFit(changed.fit, null, weights, remembered.on, policy.fit);
  return fit >= edge && completeness >= policy.fit.minimumCompleteness;
}

/** A must-have that is missed counts as a miss whatever else is said of it. */
function matchOf(
  { fit, mustHaveMiss }: { fit: FitMatches; mustHaveMiss: string | null },
  name: string,
): Match {
  return name === mustHaveMiss ? 0 : (fit[name] ?? null);
}

interface Option {
  readonly name: string;
  readonly wasMissed: boolean;
  readonly to: readonly (1 | 0.5)[];
}

/** Every set of `size` options, each with each of its values. */
function* choose(
  options: readonly Option[],
  size: number,
  from = 0,
): Generator<readonly ChangedCriterion[], void> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= options.length - size; index += 1) {
    const option = options[index];
    if (option === undefined) return;
    for (const rest of choose(options, size - 1, index + 1)) {
      for (const to of option.to)
        yield [{ criterion: option.name, to, wasMissed: option.wasMissed }, ...rest];
    }
  }
}
