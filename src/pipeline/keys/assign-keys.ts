// The key step: groups accounts and contacts into companies, keeps the keys they had, and stores keys, memberships, open
// questions and the anchors by which source rows find them. Which records are one company is decided in the domain.
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import type { ReviewQuestion } from '#domain/key/match-companies.ts';
import type { WeakJoin } from '#domain/key/review/find-weak-joins.ts';
import type { KeyQuestion, NewJudgement } from '#ports/judgements.ts';
import type { Log } from '#ports/log.ts';
import type { KeyMoves, Membership, MoveLimit, Store } from '#ports/store.ts';
import { keepKeys } from './keep-keys.ts';
import { type KeyMatch, matchRecords } from './match-records.ts';
import { MATCHER_VERSION } from './memory-version.ts';
import { nameOfReference, parseRecordName } from './record-name.ts';

/** The moves that wait for approval, and then keys are as they were; null when keys are assigned. */
export async function assignKeys(
  store: Store,
  run: string,
  rules: KeyRules,
  limit: MoveLimit | null,
  log?: Log,
): Promise<KeyMoves | null> {
  if (!(await store.keys.isStale(MATCHER_VERSION))) return null;
  if (limit !== null) {
    const waiting = await store.keys.proposeAgain(run, MATCHER_VERSION, limit);
    if (waiting !== null) return waiting;
  }
  const judgements = await store.judgements.list();
  const match = await matchRecords(store, rules, judgements, log);
  const { keyOf, events } = await keepKeys(store, match, judgedApartOf(judgements));
  return store.keys.assign(run, MATCHER_VERSION, toMemberships(match, keyOf), events, match.anchors(keyOf), {
    questions: toQuestions(match.questions()),
    memory: match.memory,
    ...(match.removed === null ? {} : { removed: match.removed }),
    ...(limit === null ? {} : { limit }),
  });
}

/** Accounts that people told apart from others. */
export function judgedApartOf(judgements: readonly NewJudgement[]): ReadonlySet<string> {
  const apart = judgements.filter(({ verdict }) => verdict === 'different' || verdict === 'parent_of');
  return new Set(apart.flatMap(({ a, b }) => [nameOfReference(a), nameOfReference(b)]));
}

async function* toMemberships(
  { accounts, persons }: Pick<KeyMatch, 'accounts' | 'persons'>,
  keyOf: (account: string) => string | null,
): AsyncGenerator<Membership, void> {
  for (const account of accounts) yield toMembership(account, keyOf);
  for (const person of persons()) yield toMembership(person, keyOf);
}

function toMembership(
  { id, group, family, evidence, confidence, review }: KeyAssignment,
  keyOf: (account: string) => string | null,
): Membership {
  return {
    ...parseRecordName(id),
    // A group is named by one of its accounts, which has the group's key.
    key: group === null ? null : keyOf(group),
    family: family === null ? null : keyOf(family),
    evidence,
    confidence,
    review,
  };
}

type Question = ReviewQuestion | WeakJoin;

async function* toQuestions(questions: readonly Question[]): AsyncGenerator<KeyQuestion, void> {
  for (const { a, b, reason } of questions) yield { a: parseRecordName(a), b: parseRecordName(b), reason };
}
