// Old keys stay with their companies: what the store remembers of keys, put before the domain's decision.
import { type Anchor, assignStableKeys, type KeyedGroup } from '#domain/key/assign-stable-keys.ts';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { KeyEvent, Store } from '#ports/store.ts';
import { mintCompanyKey } from './mint-company-key.ts';
import { accountName } from './record-name.ts';

/** Contacts follow their account's group and claim none. */
export async function keepKeys(store: Store, assignments: readonly KeyAssignment[]) {
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
    if (object === 'account' && key !== null) before.set(accountName(connection, id), key);
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
