// Which joins a person should look at: accounts that only weak evidence put with others, the weakest first.
import type { KeyAssignment } from '../company-record.ts';
import type { ReviewRules } from './review-rules.ts';

export interface WeakJoin {
  readonly a: string;
  /** An account of the same company. */
  readonly b: string;
  readonly reason: 'weak_join';
}

export function isWeakJoin(
  { evidence, confidence }: Pick<KeyAssignment, 'evidence' | 'confidence'>,
  { askJoinsBelow }: ReviewRules,
): boolean {
  return evidence.length > 0 && confidence < askJoinsBelow;
}

/** Only the accounts of companies that hold a weak join matter. */
export function findWeakJoins(
  assignments: readonly KeyAssignment[],
  rules: ReviewRules,
): readonly WeakJoin[] {
  const weak = assignments.filter((each) => each.kind === 'account' && isWeakJoin(each, rules));
  if (weak.length === 0) return [];
  const strongest = strongestOfGroups(assignments, new Set(weak.map(({ group }) => group)));
  const joins = weak.flatMap(({ id, group, confidence }) => {
    const other = strongest.get(group)?.find((member) => member.id !== id);
    return other === undefined ? [] : [{ a: other.id, b: id, confidence }];
  });
  // Two that are joined by one weak tie are one question.
  const seen = new Set<string>();
  return joins
    .toSorted((one, other) => one.confidence - other.confidence || (one.b < other.b ? -1 : 1))
    .filter(({ a, b }) => {
      const pair = a < b ? `${a}\t${b}` : `${b}\t${a}`;
      const isNew = !seen.has(pair);
      seen.add(pair);
      return isNew;
    })
    .slice(0, rules.mostJoinsAsked)
    .map(({ a, b }) => ({ a, b, reason: 'weak_join' }));
}

/** The two surest accounts of each of these groups. */
function strongestOfGroups(assignments: readonly KeyAssignment[], groups: ReadonlySet<string | null>) {
  const strongest = new Map<string | null, KeyAssignment[]>();
  for (const assignment of assignments) {
    const { kind, group } = assignment;
    if (kind !== 'account' || !groups.has(group)) continue;
    const two = [...(strongest.get(group) ?? []), assignment].toSorted(
      (one, other) => other.confidence - one.confidence || (one.id < other.id ? -1 : 1),
    );
    strongest.set(group, two.slice(0, 2));
  }
  return strongest;
}
