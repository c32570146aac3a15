// The key step: groups accounts and contacts into companies, keeps the keys they had, and stores keys, memberships and the
// anchors by which source rows find them. Which records are one company is decided in the domain.
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import { createCompanyReferenceReader } from '#mapping/source/company-references.ts';
import type { Membership, Store } from '#ports/store.ts';
import { createAnchorVotes } from './anchor-votes.ts';
import { keepKeys } from './keep-keys.ts';
import { accountName, parseRecordName } from './record-name.ts';
import { accountToMatch, contactToMatch } from './records-to-match.ts';

/** Changes when the same records could be grouped otherwise: then every key is looked at again. */
export const MATCHER_VERSION = 'matcher-2';

export async function assignKeys(
  store: Store,
  run: string,
  rules: KeyRules,
): Promise<{ readonly changed: boolean }> {
  if (!(await store.keys.isStale(MATCHER_VERSION))) return { changed: false };
  const references = createCompanyReferenceReader(rules);
  const matcher = createCompanyMatcher(rules);
  const anchors = createAnchorVotes(references);
  for (const object of ['account', 'contact'] as const) {
    for await (const record of store.records.stream({ object })) {
      matcher.add(object === 'account' ? accountToMatch(record) : contactToMatch(record));
      if (object === 'account') anchors.note(accountName(record.connection, record.id), record.fields);
    }
  }
  const assignments = [...matcher.finish()];
  const { keyOf, events } = await keepKeys(store, assignments);
  await store.keys.assign(
    run,
    MATCHER_VERSION,
    toMemberships(assignments, keyOf),
    events,
    anchors.decide((account) => keyOf(account)),
  );
  return { changed: true };
}

async function* toMemberships(
  assignments: readonly KeyAssignment[],
  keyOf: (account: string) => string | null,
): AsyncGenerator<Membership, void> {
  for (const { id, group, family, evidence, confidence, review } of assignments) {
    yield {
      ...parseRecordName(id),
      // A group is named by one of its accounts, which has the group's key.
      key: group === null ? null : keyOf(group),
      family: family === null ? null : keyOf(family),
      evidence,
      confidence,
      review,
    };
  }
}
