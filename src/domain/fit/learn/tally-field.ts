// Counts the values of one field, cohort by cohort. Holds no company: its size is bounded by how many values there are.
import type { Words } from '#domain/fit/icp.ts';
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { CohortCounts } from './cohort-counts.ts';
import { edgeBelow } from './round-number-edge.ts';

export type Cohort = keyof CohortCounts;
type Counting = { -readonly [Name in Cohort]: number };

interface WordTally {
  readonly counts: Counting;
  /** As it was written, and how often. */
  readonly spellings: Map<string, number>;
}

export interface FieldTally {
  /** Companies of which the field holds anything that says something, however old. */
  readonly filled: Counting;
  /** Companies of which a word, or a number, is known and fresh. */
  readonly knownWords: Counting;
  readonly knownNumbers: Counting;
  readonly words: Map<string, WordTally>;
  /** By the edge below. */
  readonly numbers: Map<number, Counting>;
  /** The numbers themselves, while there are few. */
  distinctNumbers: Map<number, Counting> | null;
  isWhole: boolean;
  /** More spellings than the policy allows: they are no longer counted. */
  hasTooManyWords: boolean;
  spellings: number;
}

export interface TallyLimits {
  readonly maximumValues: number;
  readonly maximumDistinctNumbers: number;
}

export function createFieldTally(): FieldTally {
  return {
    filled: none(),
    knownWords: none(),
    knownNumbers: none(),
    words: new Map(),
    numbers: new Map(),
    distinctNumbers: new Map(),
    isWhole: true,
    hasTooManyWords: false,
    spellings: 0,
  };
}

/** @param unknown words that say nothing, such as `unknown` */
export function tallyValue(
  tally: FieldTally,
  cohort: Cohort,
  value: CanonicalValue,
  isStale: boolean,
  unknown: Words,
  limits: TallyLimits,
): void {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return;
    tally.filled[cohort] += 1;
    if (!isStale) tallyNumber(tally, cohort, value, limits);
    return;
  }
  const words = new Map<string, string>();
  for (const text of wordsOf(value)) {
    const word = normaliseWord(text);
    if (word !== '' && !unknown.has(word) && !words.has(word)) words.set(word, text.trim());
  }
  // An empty list is an answer: it has none of them.
  const isEmptyList = Array.isArray(value) && value.length === 0;
  if (words.size === 0 && !isEmptyList) return;
  tally.filled[cohort] += 1;
  if (isStale) return;
  tally.knownWords[cohort] += 1;
  for (const [word, spelling] of words) tallyWord(tally, cohort, word, spelling, limits);
}

function tallyNumber(tally: FieldTally, cohort: Cohort, value: number, limits: TallyLimits): void {
  tally.knownNumbers[cohort] += 1;
  tally.isWhole &&= Number.isInteger(value);
  countAt(tally.numbers, edgeBelow(value), cohort);
  if (tally.distinctNumbers === null) return;
  countAt(tally.distinctNumbers, value, cohort);
  if (tally.distinctNumbers.size > limits.maximumDistinctNumbers) tally.distinctNumbers = null;
}

function tallyWord(
  tally: FieldTally,
  cohort: Cohort,
  word: string,
  spelling: string,
  limits: TallyLimits,
): void {
  if (tally.hasTooManyWords) return;
  const known = tally.words.get(word) ?? { counts: none(), spellings: new Map<string, number>() };
  tally.words.set(word, known);
  known.counts[cohort] += 1;
  const before = known.spellings.get(spelling);
  if (before === undefined) tally.spellings += 1;
  known.spellings.set(spelling, (before ?? 0) + 1);
  if (tally.spellings > limits.maximumValues) {
    tally.hasTooManyWords = true;
    tally.words.clear();
  }
}

/** The most common spelling; of equally common ones the first by character. */
export function usualSpelling({ spellings }: WordTally): string {
  const [usual] = [...spellings].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return usual?.[0] ?? '';
}

function wordsOf(value: Exclude<CanonicalValue, number>): readonly string[] {
  if (value === null) return [];
  return typeof value === 'object' ? value : [String(value)];
}

function countAt(counts: Map<number, Counting>, at: number, cohort: Cohort): void {
  const known = counts.get(at) ?? none();
  counts.set(at, known);
  known[cohort] += 1;
}

function none(): Counting {
  return { proven: 0, lost: 0 };
}
