// The key step: groups accounts and contacts into companies, keeps the keys they had, and stores keys, memberships and the
// anchors by which source rows find them. Which records are one company is decided in the domain.
import { type Anchor, assignStableKeys, type KeyedGroup } from '#domain/key/assign-stable-keys.ts';
import type { CompanyRecord, KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import { createCompanyReferenceReader, isIdentifierField } from '#mapping/source/company-references.ts';
import type { CompanyReferenceReader } from '#mapping/source/parse-source-row.ts';
import type { KeyAnchor, KeyEvent, Membership, Store } from '#ports/store.ts';
import { mintCompanyKey } from './mint-company-key.ts';

/** Changes when the same records could be grouped otherwise: then every key is looked at again. */
export const MATCHER_VERSION = 'matcher-2';

/** Joins connection and record id; ids of CRMs hold no line break. */
const SEPARATOR = '\n';

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
      if (object === 'account') anchors.note(recordName(record), record.fields);
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

function recordName(record: StoredRecord): string {
  return `${record.connection}${SEPARATOR}${record.id}`;
}

function textOf(fields: CanonicalFields, name: string): string | null {
  const value = fields[name];
  return typeof value === 'string' ? value : null;
}

function accountToMatch(record: StoredRecord): CompanyRecord {
  const { fields, connection } = record;
  const parent = textOf(fields, 'parentId');
  return {
    id: recordName(record),
    kind: 'account',
    name: textOf(fields, 'name'),
    domain: textOf(fields, 'domain'),
    website: textOf(fields, 'website'),
    country: textOf(fields, 'country'),
    ids: identifiersOf(fields),
    parentId: parent === null ? null : `${connection}${SEPARATOR}${parent}`,
  };
}

function contactToMatch(record: StoredRecord): CompanyRecord {
  const { fields, connection } = record;
  const account = textOf(fields, 'accountId');
  return {
    // A CRM may give a contact the id of an account.
    id: `${recordName(record)}${SEPARATOR}contact`,
    kind: 'person',
    name: null,
    email: textOf(fields, 'email'),
    companyName: textOf(fields, 'companyName'),
    country: textOf(fields, 'country'),
    accountId: account === null ? null : `${connection}${SEPARATOR}${account}`,
  };
}

function identifiersOf(fields: CanonicalFields): Record<string, string> {
  const ids: Record<string, string> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== '' && isIdentifierField(name)) ids[name] = String(value);
  }
  return ids;
}

/** Old keys stay with their companies; contacts follow their account's group and claim none. */
async function keepKeys(store: Store, assignments: readonly KeyAssignment[]) {
  const members = new Map<string, { record: string; anchor: Anchor }[]>();
  const groupOfAccount = new Map<string, string>();
  for (const { id, kind, group, evidence } of assignments) {
    if (kind !== 'account' || group === null) continue;
    groupOfAccount.set(id, group);
    const member = { record: id, anchor: anchorOf(evidence) };
    const others = members.get(group);
    if (others === undefined) members.set(group, [member]);
    else others.push(member);
  }
  const before = new Map<string, string>();
  for await (const { connection, object, id, key } of store.keys.memberships()) {
    if (object === 'account' && key !== null) before.set(`${connection}${SEPARATOR}${id}`, key);
  }
  const minted = [];
  for await (const key of store.keys.minted()) minted.push(key);
  const groups: KeyedGroup[] = [...members].map(([group, list]) => ({ group, members: list }));
  const stable = assignStableKeys(groups, before, minted, mintCompanyKey);
  const events: KeyEvent[] = [];
  for (const change of stable.changes) {
    if (change.change === 'mint') events.push({ kind: 'mint', key: change.key });
    else if (change.change === 'merge')
      events.push({ kind: 'merge', key: change.key, into: change.successor });
    else if (change.change === 'split') events.push({ kind: 'split', key: change.key, from: change.from });
  }
  const keyOfGroup = (group: string | null) =>
    group === null ? null : (stable.keyByGroup.get(group) ?? null);
  return {
    events,
    keyOf: (account: string) => keyOfGroup(groupOfAccount.get(account) ?? null),
    keyOfGroup,
  };
}

function anchorOf(evidence: readonly string[]): Anchor {
  if (evidence.some((item) => item.startsWith('identifier'))) return 'identifier';
  return evidence.includes('domain') ? 'domain' : 'record';
}

async function* toMemberships(
  assignments: readonly KeyAssignment[],
  keyOf: (account: string) => string | null,
): AsyncGenerator<Membership, void> {
  for (const { id, kind, group, family, evidence, confidence, review } of assignments) {
    const [connection = '', recordId = ''] = id.split(SEPARATOR);
    yield {
      connection,
      object: kind === 'account' ? 'account' : 'contact',
      id: recordId,
      // A group is named by one of its accounts, which has the group's key.
      key: group === null ? null : keyOf(group),
      family: family === null ? null : keyOf(family),
      evidence,
      confidence,
      review,
    };
  }
}

/** Which company a domain, an identifier or a name stands for: the one most of whose accounts bear it. */
function createAnchorVotes(references: CompanyReferenceReader) {
  const votes = new Map<string, string[]>();
  const vote = (kind: KeyAnchor['kind'], value: string | null, account: string) => {
    if (value === null) return;
    const name = `${kind}${SEPARATOR}${value}`;
    const voters = votes.get(name);
    if (voters === undefined) votes.set(name, [account]);
    else voters.push(account);
  };
  return {
    note(account: string, fields: CanonicalFields): void {
      const name = textOf(fields, 'name');
      const country = textOf(fields, 'country');
      for (const host of new Set([textOf(fields, 'domain'), textOf(fields, 'website')])) {
        if (host !== null) vote('domain', references.domain(host), account);
      }
      for (const [scheme, value] of Object.entries(identifiersOf(fields))) {
        vote('identifier', references.identifier(scheme, value, country), account);
      }
      if (name !== null) vote('name_country', references.nameCountry(name, country), account);
    },
    async *decide(keyOf: (account: string) => string | null): AsyncGenerator<KeyAnchor, void> {
      for (const [name, accounts] of votes) {
        const [kind, value] = name.split(SEPARATOR) as [KeyAnchor['kind'], string];
        const key = mostFrequent(accounts.flatMap((account) => keyOf(account) ?? []));
        if (key !== null) yield { kind, value, key };
      }
    },
  };
}

/** The lowest of the most frequent ones, so that the answer hangs on no order. */
function mostFrequent(keys: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  let best: string | null = null;
  for (const [key, count] of counts) {
    const most = best === null ? 0 : (counts.get(best) ?? 0);
    if (best === null || count > most || (count === most && key < best)) best = key;
  }
  return best;
}
