// The sounded names of one language in one country, found by how their consonants begin: as they are, and as they were when they
// were last compared.
import type { SoundLanguage } from './lexicon.ts';
import { lengthOfOpening, openingKeys, openingOfFullKey, skeletonBase } from './skeleton-key.ts';
import type { SoundedNames } from './sounded-names.ts';

/** How names are looked up: the shortest beginning (in consonants) and the most names taken for one. */
export interface LookUp {
  readonly shortest: number;
  readonly blockCap: number;
  readonly mostCandidates: number;
}

export interface SoundBlock {
  readonly language: SoundLanguage;
  readonly place: number;
  readonly now: SoundIndex;
  readonly before: SoundIndex;
  /** Opening keys, in order, of the names that came or went. */
  readonly moved: Int32Array;
}

/** True when a look-up by this opening surely finds the same now and before: nothing came or went where it looks. */
export function isUntouched(
  { now, before, moved }: SoundBlock,
  opening: number,
  { shortest, blockCap }: LookUp,
): boolean {
  const whole = lengthOfOpening(opening);
  for (let length = Math.min(shortest, whole); ; length++) {
    const [low, high] = rangeOf(opening, length);
    if (countWithin(moved, low, high) === 0) return true;
    const goesOn = length < whole && now.countWithin(low, high) > blockCap;
    if (!goesOn || before.countWithin(low, high) <= blockCap) return false;
  }
}

/** Counting eighty thousand beginnings pays from here on. */
const fewEntries = 4096;
const cellLetters = 4;
const cellWidth = skeletonBase ** 2;
const widths = [6, 5, 4, 3, 2, 1, 0].map((rest) => skeletonBase ** rest);

export class SoundIndex {
  /** By skeleton, then by rank, so that what a full block leaves out does not depend on the order of input. */
  private readonly entries: Int32Array;
  private readonly openings: Int32Array;
  /** Where the entries of each beginning of four consonants start; none in a small block. */
  private readonly cells: Int32Array | null;
  private readonly stamps: Int32Array;
  private stamp = 0;

  /** `entries` in order of their ranks. */
  constructor(names: SoundedNames, entries: readonly number[]) {
    // A native sort over numbers of 64 bits: 41 for the key, 23 for the place in the order of ranks.
    const order = new BigUint64Array(entries.length);
    entries.forEach((entry, index) => {
      order[index] = (BigInt(names.keyOf(entry)) << 23n) | BigInt(index);
    });
    order.sort();
    this.entries = Int32Array.from(order, (packed) => entries[Number(packed & 0x7fffffn)] ?? 0);
    this.openings = Int32Array.from(this.entries, (entry) => openingOfFullKey(names.keyOf(entry)));
    this.stamps = new Int32Array(entries.length);
    this.cells = entries.length < fewEntries ? null : countCells(this.openings);
  }

  /**
   * Adds to `found` the names that begin like one of the openings: the shortest beginning that does not overfill the block.
   * Answers how many beginnings held more names than were taken.
   */
  find(openings: Iterable<number>, lookUp: LookUp, found: number[]): number {
    const { shortest, blockCap, mostCandidates } = lookUp;
    const seen: number[] = [];
    const before = found.length;
    let overfull = 0;
    this.stamp++;
    for (const opening of openings) {
      const whole = lengthOfOpening(opening);
      for (let length = Math.min(shortest, whole); length <= whole; length++) {
        const [low, high] = rangeOf(opening, length);
        if (isSeen(seen, low, high)) break;
        const from = this.lowerBound(low);
        const to = this.lowerBound(high);
        if (to - from > blockCap && length < whole) continue;
        seen.push(low, high);
        if (to - from > blockCap) overfull++;
        for (let at = from; at < to && at < from + blockCap; at++) {
          if (this.stamps[at] === this.stamp) continue;
          this.stamps[at] = this.stamp;
          found.push(this.entries[at] ?? 0);
        }
        break;
      }
      if (found.length - before >= mostCandidates) break;
    }
    return overfull;
  }

  countWithin(low: number, high: number): number {
    return this.lowerBound(high) - this.lowerBound(low);
  }

  private lowerBound(opening: number): number {
    if (opening >= openingKeys) return this.entries.length;
    if (this.cells === null) return firstAtLeast(this.openings, 0, this.openings.length, opening);
    const cell = Math.floor(opening / cellWidth);
    const low = this.cells[cell] ?? 0;
    return opening % cellWidth === 0
      ? low
      : firstAtLeast(this.openings, low, this.cells[cell + 1] ?? 0, opening);
  }
}

function countCells(openings: Int32Array): Int32Array {
  const cells = new Int32Array(skeletonBase ** cellLetters + 1);
  for (const opening of openings) {
    const cell = Math.floor(opening / cellWidth) + 1;
    cells[cell] = (cells[cell] ?? 0) + 1;
  }
  for (let cell = 1; cell < cells.length; cell++) cells[cell] = (cells[cell] ?? 0) + (cells[cell - 1] ?? 0);
  return cells;
}

function rangeOf(opening: number, length: number): readonly [number, number] {
  const width = widths[length] ?? 1;
  const low = opening - (opening % width);
  return [low, low + width];
}

/** Beginnings that were taken; a handful at most. */
function isSeen(seen: readonly number[], low: number, high: number): boolean {
  for (let index = 0; index < seen.length; index += 2)
    if (seen[index] === low && seen[index + 1] === high) return true;
  return false;
}

function countWithin(sorted: Int32Array, low: number, high: number): number {
  return firstAtLeast(sorted, 0, sorted.length, high) - firstAtLeast(sorted, 0, sorted.length, low);
}

function firstAtLeast(sorted: Int32Array, from: number, to: number, value: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
