// Why a key was merged, split or made, in the words that the feed of changes shows. Explains what was decided; decides nothing.
import type { KeyChange } from '#domain/key/assign-stable-keys.ts';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import type { GroupMembers } from './keep-keys.ts';

interface KeyChangeFacts {
  readonly assignments: readonly KeyAssignment[];
  readonly members: GroupMembers;
  /** Key of each account before. */
  readonly before: ReadonlyMap<string, string>;
  readonly mergedInCrm: ReadonlySet<string>;
  readonly judgedApart: ReadonlySet<string>;
}

export function explainKeyChanges(facts: KeyChangeFacts): (change: KeyChange) => string {
  let holders: ReadonlyMap<string, readonly string[]> | null = null;
  let evidence: ReadonlyMap<string, readonly string[]> | null = null;
  return (change) => {
    if (change.change === 'mint') return 'a new company';
    if (change.change === 'split') {
      const told = facts.members.get(change.group)?.some(({ record }) => facts.judgedApart.has(record));
      return told === true ? 'judgement' : 'the records no longer agree';
    }
    if (change.change === 'move') return '';
    holders ??= holdersOf(facts.before);
    evidence ??= new Map(facts.assignments.map(({ id, evidence: words }) => [id, words]));
    const records = holders.get(change.key) ?? [];
    const heirs = holders.get(change.successor) ?? [];
    if ([...records, ...heirs].some((record) => facts.mergedInCrm.has(record))) return 'merged in the CRM';
    const words = new Set(records.flatMap((record) => evidence?.get(record) ?? []));
    return words.has('judgement') ? 'judgement' : [...words].toSorted().join(', ');
  };
}

function holdersOf(before: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>();
  for (const [record, key] of before) {
    const others = holders.get(key);
    if (others === undefined) holders.set(key, [record]);
    else others.push(record);
  }
  return holders;
}
