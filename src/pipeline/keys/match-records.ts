// Reads every account and contact of our copy and lets the matcher group them, with what people said of them.
import type { Anchor } from '#domain/key/assign-stable-keys.ts';
import type { Judgement, KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { createCompanyMatcher, type ReviewQuestion } from '#domain/key/match-companies.ts';
import { createCompanyReferenceReader } from '#mapping/source/company-references.ts';
import type { NewJudgement } from '#ports/judgements.ts';
import type { KeyAnchor, Store } from '#ports/store.ts';
import { createAnchorVotes } from './anchor-votes.ts';
import { accountName, nameOfReference } from './record-name.ts';
import { accountToMatch, contactToMatch } from './records-to-match.ts';

export interface KeyMatch {
  readonly assignments: readonly KeyAssignment[];
  readonly questions: readonly ReviewQuestion[];
  /** How strongly an account ties a key to its group. */
  readonly anchorOf: (account: string) => Anchor;
  readonly anchors: (keyOf: (account: string) => string | null) => AsyncGenerator<KeyAnchor, void>;
}

/** `judgements` newest first. */
export async function matchRecords(
  store: Store,
  rules: KeyRules,
  judgements: readonly NewJudgement[],
): Promise<KeyMatch> {
  const matcher = createCompanyMatcher(rules, judgements.map(toJudgement));
  const votes = createAnchorVotes(createCompanyReferenceReader(rules));
  const strengths = new Map<string, Anchor>();
  for (const object of ['account', 'contact'] as const) {
    for await (const record of store.records.stream({ object })) {
      matcher.add(object === 'account' ? accountToMatch(record) : contactToMatch(record));
      if (object === 'contact') continue;
      const name = accountName(record.connection, record.id);
      const strength = votes.note(name, record.fields);
      if (strength !== 'record') strengths.set(name, strength);
    }
  }
  const assignments = [...matcher.finish()];
  return {
    assignments,
    questions: matcher.reviews(),
    anchorOf: (account) => strengths.get(account) ?? 'record',
    anchors: (keyOf) => votes.decide(keyOf),
  };
}

function toJudgement({ a, b, verdict }: NewJudgement): Judgement {
  return { a: nameOfReference(a), b: nameOfReference(b), verdict };
}
