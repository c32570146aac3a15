// Decides which records are one company: evidence from the strongest to the weakest, the first that holds stands.
// The answer depends on the records alone, never on the order they come in; it reads no clock and mints no key.
import { assignPerson, attachPersons } from './attach-persons.ts';
import type { CompanyRecord, Judgement, KeyAssignment } from './company-record.ts';
import type { Omissions, ReviewReason } from './group/account-grouping.ts';
import { type AccountGroups, groupAccounts } from './group-accounts.ts';
import type { KeyRules } from './key-rules.ts';
import { RecordColumns } from './record-columns.ts';
import { type SettledJudgements, settleJudgements } from './settle-judgements.ts';

export interface CompanyMatcher {
  add: (record: CompanyRecord) => void;
  /** One assignment a record, in the order they were added. Once, after the last record. */
  finish: () => Iterable<KeyAssignment>;
  /** After `finish` has begun: pairs that stayed apart and that a person should look at. */
  reviews: () => readonly ReviewQuestion[];
  /** After `finish` has begun: what was too common to be compared. */
  omissions: () => Readonly<Omissions>;
}

/** Ids of two accounts, and why they were not joined. */
export interface ReviewQuestion {
  readonly a: string;
  readonly b: string;
  readonly reason: ReviewReason;
}

/** `judgements` newest first: where two contradict each other the newer one stands. */
export function createCompanyMatcher(rules: KeyRules, judgements: readonly Judgement[] = []): CompanyMatcher {
  const columns = new RecordColumns(rules);
  const settled = settleJudgements(judgements);
  let groups: AccountGroups | null = null;
  return {
    add: (record) => columns.add(record),
    finish: () => {
      groups = groupAccounts(columns, rules, settled);
      return assign(columns, groups, settled);
    },
    reviews: () => listReviews(groups ?? groupAccounts(columns, rules, settled)),
    omissions: () =>
      groups?.grouping.omissions ?? { genericIdentifiers: 0, portalDomains: 0, overfullBlocks: 0 },
  };
}

export function matchCompanies(
  records: Iterable<CompanyRecord>,
  rules: KeyRules,
  judgements: readonly Judgement[] = [],
): KeyAssignment[] {
  const matcher = createCompanyMatcher(rules, judgements);
  for (const record of records) matcher.add(record);
  return [...matcher.finish()];
}

function* assign(
  columns: RecordColumns,
  groups: AccountGroups,
  judgements: SettledJudgements,
): Generator<KeyAssignment> {
  const places = attachPersons(columns, groups, judgements);
  for (let position = 0; position < columns.sequence.length; position++) {
    const entry = columns.sequence.get(position);
    yield entry < 0
      ? assignPerson(columns, groups, places, -1 - entry)
      : assignAccount(groups, groups.view.rankOfRow(entry));
  }
}

export function assignAccount(groups: AccountGroups, rank: number): KeyAssignment {
  return {
    id: groups.view.idOf(rank),
    kind: 'account',
    group: groups.view.idOf(groups.groupOf(rank)),
    family: groups.view.idOf(groups.familyOf(rank)),
    evidence: groups.grouping.evidenceOf(rank),
    confidence: groups.grouping.confidenceOf(rank),
    review: groups.grouping.needsReview(rank),
  };
}

export function listReviews({ view, grouping }: AccountGroups): readonly ReviewQuestion[] {
  return grouping.reviewPairs().map(({ a, b, reason }) => ({ a: view.idOf(a), b: view.idOf(b), reason }));
}
