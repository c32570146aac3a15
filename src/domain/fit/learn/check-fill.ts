// Whether a field is filled so much more often for one cohort that being filled may be the consequence of buying.
import { type CohortCounts, withoutCounts } from './cohort-counts.ts';
import { informationValue } from './information-value.ts';
import type { LearningPolicy } from './learning-policy.ts';

export interface FillCheck {
  readonly filled: CohortCounts;
  readonly of: CohortCounts;
  /** Of being filled or not. */
  readonly informationValue: number;
  readonly isSuspicious: boolean;
}

export function checkFill(filled: CohortCounts, of: CohortCounts, policy: LearningPolicy): FillCheck {
  const value = informationValue([filled, withoutCounts(of, filled)], policy.evidenceAdjustment);
  const gap = Math.abs(share(filled.proven, of.proven) - share(filled.lost, of.lost));
  return {
    filled: { ...filled },
    of,
    informationValue: value,
    isSuspicious: gap > policy.leakFillGap || value > policy.informationValue[3],
  };
}

function share(part: number, of: number): number {
  return of === 0 ? 0 : part / of;
}
