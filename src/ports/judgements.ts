// What people said of company keys, what they are asked, and what became of keys: the parts of the store behind `tierline keys`.
import type { Verdict } from '#domain/key/company-record.ts';
import type { QuestionReason } from '#domain/key/review/review-rules.ts';

/** An account or a contact of a CRM. */
export interface KeyedReference {
  readonly connection: string;
  readonly object: 'account' | 'contact';
  readonly id: string;
}

/** Where a judgement came from: an answer to a question, `keys merge`, `keys split`, or a key that somebody entered in the CRM. */
export const JUDGEMENT_ORIGINS = ['review', 'merge', 'split', 'crm'] as const;
export type JudgementOrigin = (typeof JUDGEMENT_ORIGINS)[number];

export interface NewJudgement {
  /** In `parent_of`, the parent. */
  readonly a: KeyedReference;
  readonly b: KeyedReference;
  readonly verdict: Verdict;
  readonly by: string;
  readonly reason: string | null;
  readonly origin: JudgementOrigin;
  /** The question that this answers, so that the matcher's precision can be told; null when it did not ask. */
  readonly asked: QuestionReason | null;
}

export interface StoredJudgement extends NewJudgement {
  /** Grows with time. */
  readonly number: number;
  readonly at: string;
}

/** A key in a CRM's key field that we did not write there. */
export interface EnteredKey {
  readonly record: KeyedReference;
  /** As it stands in the CRM. */
  readonly entered: string;
  /** False: the record came with it, and nobody changed what we wrote. */
  readonly replacesOurs: boolean;
  /** We gave this key to a company once; what stands in the field otherwise is no key of ours. */
  readonly isKnown: boolean;
  /** A live account of the company that the key stands for now, another than the record; null for none. */
  readonly account: KeyedReference | null;
  /** The record belongs to that company already. */
  readonly isThere: boolean;
}

export interface AnsweredQuestions {
  readonly asked: QuestionReason;
  readonly same: number;
  readonly different: number;
  readonly unsure: number;
}

export interface JudgementStore {
  /** Makes keys stale: the next assignment follows them. */
  add(judgements: readonly NewJudgement[]): Promise<void>;
  /** Newest first; records that the CRMs merged since stand under their new ids. */
  list(): Promise<readonly StoredJudgement[]>;
  /** Answers by what was asked; of several words on one pair the newest counts. */
  answers(): Promise<readonly AnsweredQuestions[]>;
  /** Until they are heard, or gone from the CRM. */
  entered(): AsyncIterable<EnteredKey>;
  /** In one transaction: the judgements, and the ledger takes what replaced ours for ours, so that it is heard once. */
  hearEntered(judgements: readonly NewJudgement[], heard: readonly EnteredKey[]): Promise<void>;
}

/** A pair that a run could not decide. */
export interface KeyQuestion {
  readonly a: KeyedReference;
  readonly b: KeyedReference;
  readonly reason: QuestionReason;
}

export interface QuestionedRecord extends KeyedReference {
  readonly key: string | null;
  readonly name: string | null;
  readonly domain: string | null;
  readonly country: string | null;
  readonly evidence: readonly string[];
  /** Of the record's company: contacts, and the open opportunities' amounts by currency (`''`: none given). */
  readonly contacts: number;
  readonly openPipeline: Readonly<Record<string, number>>;
}

export interface OpenQuestion {
  /** Ten hex digits; the same for the same two records in any run. */
  readonly pair: string;
  readonly a: QuestionedRecord;
  readonly b: QuestionedRecord;
  readonly reason: QuestionReason;
}

export interface KeyQuestionStore {
  /** Questions that nobody answered yet, in no order. */
  open(): AsyncIterable<OpenQuestion>;
  find(pair: string): Promise<OpenQuestion | null>;
}

export const KEY_CHANGE_KINDS = ['mint', 'merge', 'split', 'move', 'retire', 'revive'] as const;
export type KeyChangeKind = (typeof KEY_CHANGE_KINDS)[number];

export interface KeyChangeEntry {
  readonly number: number;
  /** The run, or the key command, that caused it. */
  readonly run: string;
  readonly at: string;
  readonly kind: KeyChangeKind;
  /** `move`: the key the record went to, null for none. */
  readonly key: string | null;
  /** `merge`: the key that took its place; `split`, `move`: the key it came from. */
  readonly otherKey: string | null;
  /** `move` only. */
  readonly record: KeyedReference | null;
  readonly reason: string;
}

export interface KeyChangeQuery {
  /** ISO moment; changes from then on. */
  readonly since?: string;
  readonly kinds?: readonly KeyChangeKind[];
  readonly run?: string;
  readonly limit: number;
}

/** One stay of a record with a key. */
export interface MembershipSpan {
  readonly record: KeyedReference;
  readonly key: string | null;
  readonly family: string | null;
  readonly evidence: readonly string[];
  readonly fromRun: string | null;
  /** Null: it still holds. */
  readonly toRun: string | null;
}

export interface KeyHistoryStore {
  /** The newest `limit` changes, oldest first. */
  changes(query: KeyChangeQuery): Promise<readonly KeyChangeEntry[]>;
  /** Every stay of a record, oldest first. */
  spans(record: KeyedReference): Promise<readonly MembershipSpan[]>;
  /** Records that are with the key now. */
  members(key: string): Promise<readonly MembershipSpan[]>;
  /** How many accounts a run put under another key. */
  movedAccounts(run: string): Promise<number>;
  /** Keys of the companies of a family. */
  relatives(family: string): Promise<readonly string[]>;
  /** Keys that lead to this one, oldest first. */
  mergedInto(key: string): Promise<readonly string[]>;
}
