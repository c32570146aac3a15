// Decides which of the proposed rules make the profile and what each weighs, by how well it tells the cohorts apart.
import { addCounts } from './cohort-counts.ts';
import { informationValue } from './information-value.ts';
import type { LearningPolicy } from './learning-policy.ts';
import type { CandidateCriterion } from './propose-rules.ts';
import { shareOutWeights } from './share-out-weights.ts';
import { type Evidence, weighEvidence } from './study-field.ts';
import { groupByMatch, type MatchGroups, type MatchTally } from './tally-matches.ts';

/** `question`: people have to say whether the field is filled only after somebody buys. */
type CriterionVerdict = 'taken' | 'question' | 'too_weak';

export interface WeighedCriterion extends CandidateCriterion {
  readonly verdict: CriterionVerdict;
  readonly groups: MatchGroups;
  /** Of exact, adjacent and miss. */
  readonly informationValue: number;
  /** Of the exact match against the rest. */
  readonly evidence: Evidence;
  /** 0-100, whole; 0 for what is not taken, and for a must-have that tells nothing apart. */
  readonly weight: number;
}

export function weighCriteria(
  candidates: readonly CandidateCriterion[],
  tally: MatchTally,
  policy: LearningPolicy,
): readonly WeighedCriterion[] {
  const judged = candidates.map((candidate) => {
    const groups = groupByMatch(tally, candidate.criterion.name);
    const value = informationValue(cellsOf(candidate, groups), policy.evidenceAdjustment);
    const known = addCounts(addCounts(groups.exact, groups.adjacent), groups.miss);
    return {
      ...candidate,
      verdict: judge(candidate, value, policy),
      groups,
      informationValue: value,
      evidence: weighEvidence({ having: groups.exact, known }, policy),
    };
  });
  const most = policy.informationValue[3];
  const weights = shareOutWeights(
    judged.map(({ verdict, informationValue: value }) => (verdict === 'taken' ? Math.min(value, most) : 0)),
    policy.maximumWeight,
  );
  return judged.map((one, index) => ({ ...one, weight: weights[index] ?? 0 }));
}

function judge(candidate: CandidateCriterion, value: number, policy: LearningPolicy): CriterionVerdict {
  if (value < policy.informationValue[0]) return 'too_weak';
  const isDoubtful = candidate.fill.isSuspicious || value > policy.informationValue[3];
  return isDoubtful && !policy.confirmed.includes(candidate.criterion.field) ? 'question' : 'taken';
}

function cellsOf({ criterion }: CandidateCriterion, { exact, adjacent, miss }: MatchGroups) {
  return criterion.adjacent === null ? [exact, miss] : [exact, adjacent, miss];
}
