// The sounded names of one language in one country, found by how their consonants begin, and whether a look-up finds the same as
// it found before some names came and others went.
import type { SoundLanguage } from './lexicon.ts';
import { lengthOfOpening, openingKeys, openingOfFullKey, skeletonBase } from './skeleton-key.ts';
import type { SoundedNames } from './sounded-names.ts';

/** How names are looked up: the shortest beginning (in consonants) and the most names taken for one. */
export interface LookUp {
  readonly shortest: number;
  readonly blockCap: number;
  readonly mostCandidates: number;
}

/** Opening keys in order. */
export interface BlockChanges {
  readonly added: Int32Array;
  readonly removed: Int32Array;
}

/** `less`: the same but for names that went; `more`: names came too; `other`: not to be told without looking up. */
export const findingChanges = ['same', 'less', 'more', 'other'] as const;
export type FindingChange = (typeof findingChanges)[number];

const cellLetters = 4;
const cellWidth = skeletonBase ** 2;
const widths = [6, 5, 4, 3, 2, 1, 0].map((rest) => skeletonBase ** rest);

export class SoundBlock {
  readonly language: SoundLanguage;
  readonly place: number;
  /** By skeleton, then by rank, so that what a full block leaves out does not depend on the order of input. */
  private readonly entries: Int32Array;
  private readonly openings: Int32Array;
  /** Where the entries of each beginning of four consonants start. */
  private readonly cells = new Int32Array(skeletonBase ** cellLetters + 1);
  private readonly stamps: Int32Array;
  private stamp = 0;
  private readonly changes: BlockChanges;

  /** `entries` in order of their ranks. */
  constructor(
    language: SoundLanguage,
    place: number,
    names: SoundedNames,
    entries: readonly number[],
    changes: BlockChanges,
  ) {
    this.language = language;
    this.place = place;
    this.changes = changes;
    // A native sort over numbers of 64 bits: 41 for the key, 23 for the place in the order of ranks.
    const order = new BigUint64Array(entries.length);
    entries.forEach((entry, index) => {
      order[index] = (BigInt(names.keyOf(entry)) << 23n) | BigInt(index);
    });
    order.sort();
    this.entries = Int32Array.from(order, (packed) => entries[Number(packed & 0x7fffffn)] ?? 0);
    this.openings = Int32Array.from(this.entries, (entry) => openingOfFullKey(names.keyOf(entry)));
    this.stamps = new Int32Array(entries.length);
    for (const opening of this.openings) {
      const cell = Math.floor(opening / cellWidth) + 1;
      this.cells[cell] = (this.cells[cell] ?? 0) + 1;
    }
    for (let cell = 1; cell < this.cells.length; cell++)
      this.cells[cell] = (this.cells[cell] ?? 0) + (this.cells[cell - 1] ?? 0);
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

  get isUnchanged(): boolean {
    return this.changes.added.length === 0 && this.changes.removed.length === 0;
  }

  /** How what `find` finds differs from what it found before the block's changes. */
  compare(openings: Iterable<number>, lookUp: LookUp): FindingChange {
    const { added, removed } = this.changes;
    const { shortest, blockCap, mostCandidates } = lookUp;
    const seen: number[] = [];
    let most = 0;
    let change: FindingChange = 'same';
    for (const opening of openings) {
      const whole = lengthOfOpening(opening);
      for (let length = Math.min(shortest, whole); length <= whole; length++) {
        const [low, high] = rangeOf(opening, length);
        if (isSeen(seen, low, high)) break;
        const came = countWithin(added, low, high);
        const went = countWithin(removed, low, high);
        const now = this.lowerBound(high) - this.lowerBound(low);
        const then = now - came + went;
        if (length < whole && now > blockCap !== then > blockCap) return 'other';
        if (length < whole && now > blockCap) continue;
        seen.push(low, high);
        most += Math.max(now, then);
        if (came + went > 0 && (now > blockCap || then > blockCap)) return 'other';
        if (came > 0) change = 'more';
        else if (went > 0 && change === 'same') change = 'less';
        break;
      }
    }
    // Where the candidates may have been cut off, one that came or went moves the end.
    return change !== 'same' && most >= mostCandidates ? 'other' : change;
  }

  private lowerBound(opening: number): number {
    if (opening >= openingKeys) return this.entries.length;
    const cell = Math.floor(opening / cellWidth);
    let low = this.cells[cell] ?? 0;
    if (opening % cellWidth === 0) return low;
    let high = this.cells[cell + 1] ?? 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.openings[middle] ?? 0) < opening) low = middle + 1;
      else high = middle;
    }
    return low;
  }
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
  return sorted.length === 0 ? 0 : firstAtLeast(sorted, high) - firstAtLeast(sorted, low);
}

function firstAtLeast(sorted: Int32Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
