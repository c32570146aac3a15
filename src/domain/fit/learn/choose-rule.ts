// Makes a criterion's rule out of what was proven of a field: what is exact, what is adjacent, who rarely becomes a good
// customer. Does not judge whether the field may be used.
import type { ValueMatcher } from '#domain/fit/icp.ts';
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { mergeBins } from './bin-numbers.ts';
import type { LearningPolicy } from './learning-policy.ts';
import { type FieldStudy, rangeOf, type ValueStudy, weighEvidence } from './study-field.ts';

/** A value with its p adjusted for all tests of all fields. */
export interface TestedValue extends ValueStudy {
  readonly q: number;
}

export interface TestedField extends Omit<FieldStudy, 'values'> {
  readonly values: readonly TestedValue[];
}

export interface LearntRule {
  readonly exact: ValueMatcher;
  readonly adjacent: ValueMatcher | null;
  /** What made it exact: words, or the one range. */
  readonly proof: readonly TestedValue[];
}

/** Null when nothing is proven to be more common among proven customers. */
export function chooseRule(field: TestedField, policy: LearningPolicy): LearntRule | null {
  const proven = field.values.filter(({ q, lift }) => q <= policy.falseDiscoveryRate && lift > 1);
  if (proven.length === 0) return null;
  return proven[0]?.value.kind === 'range'
    ? chooseRange(field, proven, policy)
    : chooseWords(field, proven, policy);
}

/**
 * Values proven to be less common among them, the rarest first. Of numbers the range that says most, and none beside a
 * rule: what lies outside of a proven range is rarer by itself.
 */
export function chooseRarely(field: TestedField, policy: LearningPolicy): readonly TestedValue[] {
  const rare = field.values.filter(({ q, lift }) => q <= policy.falseDiscoveryRate && lift < 1);
  if (rare[0]?.value.kind === 'range') {
    const best = chooseRule(field, policy) === null ? strongest(rare) : null;
    return best === null ? [] : [best];
  }
  return rare.toSorted((a, b) => a.lift - b.lift);
}

export function strongest(values: readonly TestedValue[]): TestedValue | null {
  return values.reduce<TestedValue | null>(
    (best, one) => (best === null || one.informationValue > best.informationValue ? one : best),
    null,
  );
}

function chooseWords(field: TestedField, proven: readonly TestedValue[], policy: LearningPolicy): LearntRule {
  const adjacent = field.values.filter(
    (one) =>
      !proven.includes(one) &&
      one.lift >= policy.adjacentLift.word &&
      one.counts.having.proven >= policy.minimumCompanies,
  );
  return {
    exact: toMatcher(proven),
    adjacent: adjacent.length === 0 ? null : toMatcher(adjacent),
    proof: proven,
  };
}

function toMatcher(values: readonly TestedValue[]): ValueMatcher {
  const words = new Map<string, string>();
  for (const { value } of values) {
    if (value.kind === 'word') words.set(normaliseWord(value.word), value.word);
  }
  return { kind: 'words', words };
}

/** The range that says most, and the classes beside it while they are not clearly worse than the average. */
function chooseRange(
  field: TestedField,
  proven: readonly TestedValue[],
  policy: LearningPolicy,
): LearntRule | null {
  const best = strongest(proven);
  if (best?.value.kind !== 'range') return null;
  const { bins, known } = field;
  let { first, last } = best.value;
  const isNeighbour = (index: number) => {
    const bin = bins[index];
    if (bin === undefined) return false;
    const { lift } = weighEvidence({ having: mergeBins([bin]), known }, policy);
    return lift >= policy.adjacentLift.range;
  };
  while (isNeighbour(first - 1)) first -= 1;
  while (isNeighbour(last + 1)) last += 1;
  const widened = first < best.value.first || last > best.value.last;
  const isEverything = first === 0 && last === bins.length - 1;
  // A range without ends would call every known value adjacent, which the profile's format does not know.
  const range = isEverything ? endsOf(field) : rangeOf(bins, first, last);
  return {
    exact: { kind: 'range', range: best.value.range },
    adjacent: widened ? { kind: 'range', range } : null,
    proof: [best],
  };
}

function endsOf({ bins }: TestedField) {
  return { from: bins[0]?.from ?? null, to: null };
}
