// Old keys stay with their companies: what the store remembers of keys, put before the domain's decision.
import {
  type Anchor,
  assignStableKeys,
  type KeyChange,
  type KeyedGroup,
} from '#domain/key/assign-stable-keys.ts';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyedReference } from '#ports/judgements.ts';
import type { KeyEvent, Store } from '#ports/store.ts';
import { explainKeyChanges } from './explain-key-changes.ts';
import type { KeyMatch } from './match-records.ts';
import { mintCompanyKey } from './mint-company-key.ts';
import { accountName, parseRecordName } from './record-name.ts';

export interface KeptKeys {
  readonly events: readonly KeyEvent[];
  /** The key of an account's group. */
  readonly keyOf: (account: string) => string | null;
}

/** Contacts follow their account's group and claim none. `judgedApart`: accounts that people told apart from others. */
export async function keepKeys(
  store: Store,
  match: Pick<KeyMatch, 'accounts' | 'persons' | 'removed' | 'anchorOf' | 'anchored'>,
  judgedApart: ReadonlySet<string>,
): Promise<KeptKeys> {
  const { accounts, anchorOf } = match;
  const { members, groupOfAccount } = gatherMembers(accounts, anchorOf);
  const isWhole = match.removed === null;
  const held = new Map<string, string>();
  const asked = isWhole ? undefined : askedAccounts(match);
  for await (const { connection, object, id, key } of store.keys.memberships(asked)) {
    if (object === 'account' && key !== null) held.set(accountName(connection, id), key);
  }
  // The company of an account that is only mentioned is as it was, and claims nothing.
  const before = isWhole ? held : new Map([...held].filter(([account]) => groupOfAccount.has(account)));
  const mergedInCrm = new Set<string>();
  const heirs = isWhole ? undefined : accounts.map(({ id }) => parseRecordName(id));
  for await (const { record, key, heir } of store.keys.formerKeys(heirs)) {
    const heirName = accountName(heir.connection, heir.id);
    const group = members.get(groupOfAccount.get(heirName) ?? '');
    if (group === undefined) continue;
    const name = accountName(record.connection, record.id);
    before.set(name, key);
    if (name === heirName) continue;
    // The account that was merged away still speaks for its key, as strongly as the one it lives on in: the older key wins.
    group.push({ record: name, anchor: anchorOf(heirName) });
    mergedInCrm.add(name);
  }
  const minted = [];
  for await (const key of store.keys.minted(isWhole ? undefined : [...new Set(before.values())]))
    minted.push(key);
  // In one order, whatever was remembered: of two keys made together the first is the older one for ever.
  const groups: KeyedGroup[] = Array.from(members, ([group, list]) => ({ group, members: list })).toSorted(
    (one, other) => (one.group < other.group ? -1 : 1),
  );
  const stable = assignStableKeys(groups, before, minted, mintCompanyKey);
  const facts = { accounts, members, before, mergedInCrm, judgedApart };
  const explain = explainKeyChanges(facts, stable.changes);
  return {
    events: stable.changes.flatMap((change) => toEvent(change, explain(change))),
    keyOf: (account) => {
      const group = groupOfAccount.get(account);
      if (group === undefined) return isWhole ? null : (held.get(account) ?? null);
      return stable.keyByGroup.get(group) ?? null;
    },
  };
}

/** All that are told, and those that stand for a told record's company or family or share an anchor with one. */
function askedAccounts({
  accounts,
  persons,
  anchored,
}: Pick<KeyMatch, 'accounts' | 'persons' | 'anchored'>): KeyedReference[] {
  const names = new Set(anchored());
  const mention = ({ group, family }: KeyAssignment) => {
    if (group !== null) names.add(group);
    if (family !== null) names.add(family);
  };
  for (const account of accounts) {
    names.add(account.id);
    mention(account);
  }
  for (const person of persons()) mention(person);
  return Array.from(names, parseRecordName).filter(({ object }) => object === 'account');
}

export type GroupMembers = Map<string, { readonly record: string; readonly anchor: Anchor }[]>;

function gatherMembers(assignments: readonly KeyAssignment[], anchorOf: (account: string) => Anchor) {
  const members: GroupMembers = new Map();
  const groupOfAccount = new Map<string, string>();
  for (const { id, kind, group } of assignments) {
    if (kind !== 'account' || group === null) continue;
    groupOfAccount.set(id, group);
    const member = { record: id, anchor: anchorOf(id) };
    const others = members.get(group);
    if (others === undefined) members.set(group, [member]);
    else others.push(member);
  }
  return { members, groupOfAccount };
}

/** Moves of single records are found where memberships are compared. */
function toEvent(change: KeyChange, reason: string): readonly KeyEvent[] {
  if (change.change === 'mint') return [{ kind: 'mint', key: change.key, reason }];
  if (change.change === 'merge') return [{ kind: 'merge', key: change.key, into: change.successor, reason }];
  return change.change === 'split' ? [{ kind: 'split', key: change.key, from: change.from, reason }] : [];
}
