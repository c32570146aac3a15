// Lays what somebody asks of one learning over the policy's settings.
import type { LearningPolicy } from '#domain/fit/learn/learning-policy.ts';
import { UsageError } from '#errors/errors.ts';

export interface LearningWishes {
  /** Best customers from which a profile is learnt. */
  readonly minLearn?: number | undefined;
  /** … and from which there is a suggestion. */
  readonly minSuggest?: number | undefined;
  /** Companies that have to share a value for it to be tested. */
  readonly minCompanies?: number | undefined;
  /** Fields that are not filled only after somebody buys. */
  readonly confirm?: readonly string[] | undefined;
  readonly ignore?: readonly string[] | undefined;
}

export function adjustLearning(policy: LearningPolicy, wishes: LearningWishes): LearningPolicy {
  const learnFrom = wishes.minLearn ?? policy.cohort.learnFrom;
  // Who asks for less to learn from does not want more for a suggestion.
  const suggestFrom = wishes.minSuggest ?? Math.min(policy.cohort.suggestFrom, learnFrom);
  if (suggestFrom > learnFrom) {
    throw new UsageError(`A suggestion from ${suggestFrom} customers, and a profile from ${learnFrom}`, {
      next: 'Fewer customers are enough for a suggestion than for a profile: lower the one or raise the other.',
    });
  }
  return {
    ...policy,
    cohort: { suggestFrom, learnFrom },
    minimumCompanies: wishes.minCompanies ?? policy.minimumCompanies,
    confirmed: [...policy.confirmed, ...(wishes.confirm ?? [])],
    ignored: [...policy.ignored, ...(wishes.ignore ?? [])],
  };
}
