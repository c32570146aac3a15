// Open questions of company keys as the document that commands and routes answer with.
import type { KeyReview } from './review-questions.ts';

export function describeReview({ open, questions, answers }: KeyReview) {
  return {
    schema: 'tierline.keys.review/1' as const,
    open,
    questions: questions.map(({ question, chanceOfError, worth }) => ({ ...question, chanceOfError, worth })),
    answers,
  };
}
