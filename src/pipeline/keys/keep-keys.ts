// Old keys stay with their companies: what the store remembers of keys, put before the domain's decision.
import {
  type Anchor,
  assignStableKeys,
  type KeyChange,
  type KeyedGroup,
} from '#domain/key/assign-stable-keys.ts';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyEvent, Store } from '#ports/store.ts';
import { explainKeyChanges } from './explain-key-changes.ts';
import type { KeyMatch } from './match-records.ts';
import { mintCompanyKey } from './mint-company-key.ts';
import { accountName } from './record-name.ts';

export interface KeptKeys {
  readonly events: readonly KeyEvent[];
  /** The key of an account's group. */
  readonly keyOf: (account: string) => string | null;
}

/** Contacts follow their account's group and claim none. `judgedApart`: accounts that people told apart from others. */
export async function keepKeys(
  store: Store,
  { assignments, anchorOf }: Pick<KeyMatch, 'assignments' | 'anchorOf'>,
  judgedApart: ReadonlySet<string>,
): Promise<KeptKeys> {
  const { members, groupOfAccount } = gatherMembers(assignments, anchorOf);
  const before = new Map<string, string>();
  for await (const { connection, object, id, key } of store.keys.memberships()) {
    if (object === 'account' && key !== null) before.set(accountName(connection, id), key);
  }
  const mergedInCrm = new Set<string>();
  for await (const { record, key, heir } of store.keys.formerKeys()) {
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
  for await (const key of store.keys.minted()) minted.push(key);
  const groups: KeyedGroup[] = [...members].map(([group, list]) => ({ group, members: list }));
  const stable = assignStableKeys(groups, before, minted, mintCompanyKey);
  const explain = explainKeyChanges(
    { assignments, members, before, mergedInCrm, judgedApart },
    stable.changes,
  );
  return {
    events: stable.changes.flatMap((change) => toEvent(change, explain(change))),
    keyOf: (account) => {
      const group = groupOfAccount.get(account);
      return group === undefined ? null : (stable.keyByGroup.get(group) ?? null);
    },
  };
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
