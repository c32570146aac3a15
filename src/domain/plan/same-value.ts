// When two canonical values are the same to the people who read them.
import type { CanonicalValue } from '#domain/record/objects.ts';

/** Lists are compared as sets: a CRM gives the ticks of a multiple choice in any order. */
export function isSameValue(a: CanonicalValue, b: CanonicalValue): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    const [ours, others] = [new Set<string>(a), new Set<string>(b)];
    return ours.size === others.size && ours.isSubsetOf(others);
  }
  return a === b;
}
