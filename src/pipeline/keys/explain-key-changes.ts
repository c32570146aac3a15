// Why a key was merged, split or made, in the words that the feed of changes shows. Explains what was decided; decides nothing.
import type { KeyChange } from '#domain/key/assign-stable-keys.ts';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { GroupMembers } from './keep-keys.ts';

interface KeyChangeFacts {
  readonly accounts: readonly KeyAssignment[];
  readonly members: GroupMembers;
  /** Key of each account before. */
  readonly before: ReadonlyMap<string, string>;
  readonly mergedInCrm: ReadonlySet<string>;
  readonly judgedApart: ReadonlySet<string>;
}

export function explainKeyChanges(
  facts: KeyChangeFacts,
  changes: readonly KeyChange[],
): (change: KeyChange) => string {
  const holders = holdersOf(facts.before, changes);
  const evidence = evidenceOf(facts.accounts, new Set([...holders.values()].flat()));
  return (change) => {
    if (change.change === 'mint') return 'a new company';
    if (change.change === 'split') {
      const told = facts.members.get(change.group)?.some(({ record }) => facts.judgedApart.has(record));
      return told === true ? 'judgement' : 'the records no longer agree';
    }
    if (change.change === 'move') return '';
    const records = holders.get(change.key) ?? [];
    const heirs = holders.get(change.successor) ?? [];
    if ([...records, ...heirs].some((record) => facts.mergedInCrm.has(record))) return 'merged in the CRM';
    const words = new Set(records.flatMap((record) => evidence.get(record) ?? []));
    return words.has('judgement') ? 'judgement' : [...words].toSorted().join(', ');
  };
}

/** Accounts that held the keys of the merges. */
function holdersOf(
  before: ReadonlyMap<string, string>,
  changes: readonly KeyChange[],
): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const change of changes) {
    if (change.change === 'merge') holders.set(change.key, []).set(change.successor, []);
  }
  if (holders.size > 0) for (const [record, key] of before) holders.get(key)?.push(record);
  return holders;
}

function evidenceOf(
  assignments: readonly KeyAssignment[],
  wanted: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const evidence = new Map<string, readonly string[]>();
  if (wanted.size === 0) return evidence;
  for (const { id, evidence: words } of assignments) if (wanted.has(id)) evidence.set(id, words);
  return evidence;
}
