// The whole judgement of one account at one moment: computed tier, what holds it, what a person made of it.
import type { FitWeights } from '#domain/fit/fit-policy.ts';
import { applyOverride } from './apply-override.ts';
import { assessAccount, NOTHING_REMEMBERED } from './assess-account.ts';
import type { Evaluation, EvaluationInput } from './evaluation.ts';
import { findLock } from './find-lock.ts';
import type { Policy } from './policy.ts';

export function evaluateAccount(
  input: EvaluationInput,
  policy: Policy,
  weights: FitWeights = policy.fit.weights.general,
): Evaluation {
  const { previous } = input;
  const assessment = assessAccount(input, previous ?? NOTHING_REMEMBERED, policy, weights);
  const computed = assessment.computedTier;
  const reasons = [...assessment.reasons];
  let tier = computed;
  if (previous !== null && previous.tier !== null) {
    const lock = findLock({ ...previous, openOpportunity: input.openOpportunity }, computed, policy.stay);
    if (lock !== null) {
      tier = previous.tier;
      reasons.push(lock);
    }
  }
  const overridden = applyOverride(tier, input.override);
  if (overridden.code !== null) reasons.push(overridden.code);
  const { id, ...computedFields } = assessment;
  return { id, tier: overridden.tier, ...computedFields, reasons };
}
