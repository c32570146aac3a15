// What history says against a policy: tiers that did no better than the one below, rules that belong higher or lower. Only intervals
// that do not touch say anything; the rest cannot be told apart.
import { RANKED_TIERS, type Tier } from '../tier.ts';
import type { GroupOutcome, Rate } from './outcome-tally.ts';

export const MEASURES = ['winRate', 'precision', 'bought'] as const;
export type Measure = (typeof MEASURES)[number];

/** `better`, `worse`: beyond chance. `alike`: the intervals touch. `too few`: one of the two has no share. */
export const FINDINGS = ['better', 'worse', 'alike', 'too few'] as const;
export type Finding = (typeof FINDINGS)[number];

export interface TierComparison {
  readonly tier: Tier;
  readonly below: Tier;
  readonly measure: Measure;
  readonly finding: Finding;
}

/** A rule whose companies did worse than the tier below it, or better than the tier above. */
export interface MisplacedRule {
  readonly rule: string;
  readonly tier: Tier;
  readonly measure: Measure;
  readonly finding: 'worse than the tier below' | 'better than the tier above';
}

const LADDER: readonly Tier[] = [...RANKED_TIERS, 'Not tiered'];

export function compareTiers(groups: ReadonlyMap<string, GroupOutcome>): readonly TierComparison[] {
  return LADDER.slice(0, -1).flatMap((tier, index) => {
    const below = LADDER[index + 1] ?? tier;
    return MEASURES.map((measure) => ({
      tier,
      below,
      measure,
      finding: compare(groups.get(tier)?.[measure], groups.get(below)?.[measure]),
    }));
  });
}

export interface RuleOutcome {
  readonly rule: string;
  readonly tier: Tier;
  readonly outcome: GroupOutcome;
}

export function findMisplacedRules(
  rules: readonly RuleOutcome[],
  tiers: ReadonlyMap<string, GroupOutcome>,
): readonly MisplacedRule[] {
  return rules.flatMap(({ rule, tier, outcome }) => {
    const place = LADDER.indexOf(tier);
    if (place === -1) return [];
    return MEASURES.flatMap((measure) => {
      const against = (at: number) => compare(outcome[measure], tiers.get(LADDER[at] ?? '')?.[measure]);
      const found: MisplacedRule[] = [];
      if (against(place + 1) === 'worse')
        found.push({ rule, tier, measure, finding: 'worse than the tier below' });
      if (place > 0 && against(place - 1) === 'better') {
        found.push({ rule, tier, measure, finding: 'better than the tier above' });
      }
      return found;
    });
  });
}

function compare(a: Rate | undefined, b: Rate | undefined): Finding {
  if (a === undefined || b === undefined || a.interval === null || b.interval === null) return 'too few';
  if (a.interval.low > b.interval.high) return 'better';
  return a.interval.high < b.interval.low ? 'worse' : 'alike';
}
