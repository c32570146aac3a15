// `keys review` and `keys answer`: what the matcher could not decide, in the order in which it is worth a look, and what people
// said of it.

import { type RankedQuestion, type ReasonAnswers, rankQuestions } from '#domain/key/review/rank-questions.ts';
import type { QuestionReason } from '#domain/key/review/review-rules.ts';
import { toWorkspaceMoney } from '#domain/value/money.ts';
import { NotFoundError, UsageError } from '#errors/errors.ts';
import type { AnsweredQuestions, NewJudgement, OpenQuestion } from '#ports/judgements.ts';
import type { Session } from '../session.ts';
import type { Spoken } from './merge-companies.ts';

export interface AskedQuestion extends OpenQuestion {
  /** Contacts and open pipeline (in the workspace's currency) of the companies involved. */
  readonly contacts: number;
  readonly openPipeline: number;
}

export interface KeyReview {
  /** Open questions in all. */
  readonly open: number;
  readonly questions: readonly RankedQuestion<AskedQuestion>[];
  readonly answers: readonly AnsweredQuestions[];
}

type ReviewParts = Pick<Session, 'store' | 'rules' | 'settings'>;

export async function reviewQuestions(
  { store, rules, settings }: ReviewParts,
  limit: number,
): Promise<KeyReview> {
  const asked: AskedQuestion[] = [];
  for await (const question of store.keyQuestions.open()) asked.push(weigh(question, settings));
  const answers = await store.judgements.answers();
  const ranked = rankQuestions(asked, answers.map(toReasonAnswers), rules.keys.review);
  return { open: asked.length, questions: ranked.slice(0, limit), answers };
}

export const ANSWERS = ['same', 'different', 'parent-of', 'child-of', 'unsure'] as const;
export type Answer = (typeof ANSWERS)[number];

/** `parent-of`: the first record is the parent of the second. */
export async function judgeAnswer(
  { store }: Pick<Session, 'store'>,
  pair: string,
  answer: Answer,
  spoken: Spoken,
): Promise<NewJudgement> {
  const question = await store.keyQuestions.find(pair);
  if (question === null) {
    throw new NotFoundError(`No open question is called "${pair}"`, {
      next: '`tierline keys review` lists them.',
    });
  }
  if (question.reason === 'weak_contact' && (answer === 'parent-of' || answer === 'child-of')) {
    throw new UsageError(`"${pair}" asks about a contact: the answer is same, different or unsure`);
  }
  const first = reference(question.a);
  const second = reference(question.b);
  const [a, b] = answer === 'child-of' ? [second, first] : [first, second];
  const verdict = answer === 'parent-of' || answer === 'child-of' ? 'parent_of' : answer;
  return { a, b, verdict, origin: 'review', asked: question.reason, ...spoken };
}

function weigh(question: OpenQuestion, { currency, rates }: Session['settings']): AskedQuestion {
  const { a, b } = question;
  const sides = a.key !== null && a.key === b.key ? [a] : [a, b];
  let contacts = 0;
  let openPipeline = 0;
  for (const side of sides) {
    contacts += side.contacts;
    for (const [code, amount] of Object.entries(side.openPipeline)) {
      openPipeline += toWorkspaceMoney(amount, code === '' ? null : code, { currency, rates }) ?? 0;
    }
  }
  return { ...question, contacts, openPipeline };
}

/** A join is right when the two are the same, everything else is right when they are not. */
function toReasonAnswers({ asked, same, different }: AnsweredQuestions): ReasonAnswers {
  return isJoin(asked)
    ? { reason: asked, right: same, wrong: different }
    : { reason: asked, right: different, wrong: same };
}

/** The matcher put the two together. */
export function isJoin(reason: QuestionReason): boolean {
  return reason === 'weak_join' || reason === 'weak_contact';
}

function reference({ connection, object, id }: OpenQuestion['a']): NewJudgement['a'] {
  return { connection, object, id };
}
