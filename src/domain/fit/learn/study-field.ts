// Holds every value of one field against the rest: lift, interval, evidence, p. Decides nothing: what passes is decided over
// all fields together.
import type { NumberRange } from '#domain/fit/icp.ts';
import { binNumbers, mergeBins, type NumberBin } from './bin-numbers.ts';
import { type AttributeCounts, type CohortCounts, withoutCounts } from './cohort-counts.ts';
import { fisherExact } from './fisher-exact.ts';
import { informationValue, weightsOfEvidence } from './information-value.ts';
import type { LearningPolicy } from './learning-policy.ts';
import { shrunkLift } from './shrunk-lift.ts';
import { type FieldTally, usualSpelling } from './tally-field.ts';
import { type Interval, wilsonInterval } from './wilson-interval.ts';

/** A word, or classes `first` to `last` of a number field. */
export type StudiedValue =
  | { readonly kind: 'word'; readonly word: string }
  | {
      readonly kind: 'range';
      readonly range: NumberRange;
      readonly first: number;
      readonly last: number;
    };

export interface Evidence {
  readonly counts: AttributeCounts;
  readonly lift: number;
  /** Of the share of proven customers that have it. */
  readonly interval: Interval;
  readonly weightOfEvidence: number;
  readonly informationValue: number;
  readonly p: number;
}

export interface ValueStudy extends Evidence {
  readonly value: StudiedValue;
}

export interface FieldStudy {
  readonly field: string;
  readonly known: CohortCounts;
  readonly bins: readonly NumberBin[];
  readonly values: readonly ValueStudy[];
  /** Words that too few companies have to be tested. */
  readonly thin: number;
}

export function studyField(field: string, tally: FieldTally, policy: LearningPolicy): FieldStudy {
  const hasNumbers =
    tally.knownNumbers.proven + tally.knownNumbers.lost > tally.knownWords.proven + tally.knownWords.lost;
  return hasNumbers ? studyNumbers(field, tally, policy) : studyWords(field, tally, policy);
}

function studyWords(field: string, tally: FieldTally, policy: LearningPolicy): FieldStudy {
  const known = { ...tally.knownWords };
  const values: ValueStudy[] = [];
  let thin = 0;
  for (const word of tally.words.values()) {
    // Chosen by both cohorts together, so that the choice favours none.
    if (word.counts.proven + word.counts.lost < policy.minimumCompanies) thin += 1;
    else {
      const value = { kind: 'word', word: usualSpelling(word) } as const;
      values.push({ value, ...weighEvidence({ having: { ...word.counts }, known }, policy) });
    }
  }
  return { field, known, bins: [], values: values.toSorted(byReading), thin };
}

/** Every run of neighbouring classes is a hypothesis, and is counted as one. */
function studyNumbers(field: string, tally: FieldTally, policy: LearningPolicy): FieldStudy {
  const known = { ...tally.knownNumbers };
  const bins = binNumbers(tally, policy.bins);
  const values: ValueStudy[] = [];
  for (let first = 0; first < bins.length; first += 1) {
    for (let last = first; last < bins.length; last += 1) {
      if (last - first + 1 === bins.length) continue;
      const having = mergeBins(bins.slice(first, last + 1));
      values.push({
        value: { kind: 'range', range: rangeOf(bins, first, last), first, last },
        ...weighEvidence({ having, known }, policy),
      });
    }
  }
  return { field, known, bins, values, thin: 0 };
}

/** The lowest and the highest class are open: the next company may be smaller or larger than any so far. */
export function rangeOf(bins: readonly NumberBin[], first: number, last: number): NumberRange {
  return {
    from: first === 0 ? null : (bins[first]?.from ?? null),
    to: last === bins.length - 1 ? null : (bins[last]?.to ?? null),
  };
}

export function weighEvidence(counts: AttributeCounts, policy: LearningPolicy): Evidence {
  const { having, known } = counts;
  const cells = [having, withoutCounts(known, having)];
  return {
    counts,
    lift: shrunkLift(counts, policy.liftPrior),
    interval: wilsonInterval(having.proven, known.proven),
    weightOfEvidence: weightsOfEvidence(cells, policy.evidenceAdjustment)[0] ?? 0,
    informationValue: informationValue(cells, policy.evidenceAdjustment),
    p: fisherExact(counts),
  };
}

function byReading(a: ValueStudy, b: ValueStudy): number {
  const word = ({ value }: ValueStudy) => (value.kind === 'word' ? value.word : '');
  return b.counts.having.proven - a.counts.having.proven || (word(a) < word(b) ? -1 : 1);
}
