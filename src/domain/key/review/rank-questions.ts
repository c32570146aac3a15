// Puts uncertain pairs in the order in which people should look at them: how likely the matcher's answer is wrong, times what
// hangs on the two companies. How likely is learnt from the answers people gave.
import type { QuestionReason, ReviewRules } from './review-rules.ts';

export interface QuestionFacts {
  readonly reason: QuestionReason;
  readonly contacts: number;
  /** In the workspace's currency. */
  readonly openPipeline: number;
}

/** Answers to questions of one reason. */
export interface ReasonAnswers {
  readonly reason: QuestionReason;
  /** The matcher had it right, and wrong. */
  readonly right: number;
  readonly wrong: number;
}

export interface RankedQuestion<Facts extends QuestionFacts> {
  readonly question: Facts;
  /** 0 to 1. */
  readonly chanceOfError: number;
  readonly worth: number;
}

export function rankQuestions<Facts extends QuestionFacts & { readonly pair: string }>(
  questions: readonly Facts[],
  answers: readonly ReasonAnswers[],
  rules: ReviewRules,
): readonly RankedQuestion<Facts>[] {
  const chances = new Map<QuestionReason, number>();
  for (const answered of answers) chances.set(answered.reason, learnChance(answered, rules));
  return questions
    .map((question) => ({
      question,
      chanceOfError: chances.get(question.reason) ?? rules.chanceOfError[question.reason],
      worth: worthOf(question, rules),
    }))
    .toSorted(
      (one, other) =>
        other.chanceOfError * other.worth - one.chanceOfError * one.worth ||
        (one.question.pair < other.question.pair ? -1 : 1),
    );
}

/** A contact in the wrong place is one contact; a company is all that hangs on it. */
function worthOf({ reason, contacts, openPipeline }: QuestionFacts, { worth }: ReviewRules): number {
  if (reason === 'weak_contact') return worth.contact;
  return 2 * worth.company + contacts * worth.contact + openPipeline * worth.openPipeline;
}

/** The estimate counts as so many answers of its own. */
function learnChance({ reason, right, wrong }: ReasonAnswers, rules: ReviewRules): number {
  const weight = rules.estimateCountsAs;
  const total = weight + right + wrong;
  return total === 0 ? rules.chanceOfError[reason] : (weight * rules.chanceOfError[reason] + wrong) / total;
}
