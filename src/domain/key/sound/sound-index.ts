// The sounds of many names, found by how their consonants begin. Kept in columns: a million names have no object each.
import { GrowingColumn } from '../group/growing-column.ts';
import { type SoundCode, skeletonOf } from './align-sound.ts';

const skeletonLetters = 'BKNRST0123456789';
const base = skeletonLetters.length + 1;
/** 17^10 is far below 2^53: ten consonants make one exact number. */
const keyLength = 10;
const thousandths = 1000;

export interface SoundedName {
  readonly rank: number;
  readonly sound: SoundCode;
  readonly weight: number;
  /** What was left off to get this sound. */
  readonly cost: number;
}

/** How names are looked up: the shortest beginning (in consonants) and the most names taken for one. */
export interface LookUp {
  readonly shortest: number;
  readonly blockCap: number;
  readonly mostCandidates: number;
}

export class SoundIndex {
  private readonly ranks = new GrowingColumn();
  private readonly weights = new GrowingColumn();
  private readonly costs = new GrowingColumn();
  private readonly starts = new GrowingColumn();
  private readonly keys: number[] = [];
  private sounds = new Uint8Array(1 << 12);
  private used = 0;
  private order: Int32Array | null = null;
  /** Look-ups that found more names than a block takes. */
  overfullBlocks = 0;

  add({ rank, sound, weight, cost }: SoundedName): void {
    while (this.used + sound.length > this.sounds.length) {
      const larger = new Uint8Array(this.sounds.length * 2);
      larger.set(this.sounds);
      this.sounds = larger;
    }
    this.sounds.set(sound, this.used);
    this.starts.push(this.used);
    this.used += sound.length;
    this.ranks.push(rank);
    this.weights.push(Math.round(weight * thousandths));
    this.costs.push(Math.round(cost * thousandths));
    this.keys.push(keyOf(skeletonOf(sound), keyLength));
  }

  nameAt(entry: number): SoundedName {
    const start = this.starts.get(entry);
    const end = entry + 1 < this.starts.length ? this.starts.get(entry + 1) : this.used;
    return {
      rank: this.ranks.get(entry),
      sound: this.sounds.subarray(start, end),
      weight: this.weights.get(entry) / thousandths,
      cost: this.costs.get(entry) / thousandths,
    };
  }

  /** Names that begin like one of the skeletons: the shortest beginning that does not overfill the block. */
  find(skeletons: ReadonlySet<string>, { shortest, blockCap, mostCandidates }: LookUp): Set<number> {
    this.order ??= this.sortEntries();
    const found = new Set<number>();
    const seen = new Set<string>();
    for (const skeleton of skeletons) {
      for (let length = Math.min(shortest, skeleton.length); length <= skeleton.length; length++) {
        const prefix = skeleton.slice(0, length);
        if (seen.has(prefix)) break;
        const key = keyOf(prefix, keyLength);
        const from = this.lowerBound(key);
        const to = this.lowerBound(key + base ** (keyLength - length));
        if (to - from > blockCap && length < skeleton.length) continue;
        seen.add(prefix);
        if (to - from > blockCap) this.overfullBlocks++;
        for (let at = from; at < to && at < from + blockCap; at++) found.add(this.order[at] ?? 0);
        break;
      }
      if (found.size >= mostCandidates) break;
    }
    return found;
  }

  /** By skeleton, then by rank, so that what a full block leaves out does not depend on the order of input. */
  private sortEntries(): Int32Array {
    const entries = Int32Array.from({ length: this.keys.length }, (_, entry) => entry);
    return entries.toSorted(
      (a, b) => (this.keys[a] ?? 0) - (this.keys[b] ?? 0) || this.ranks.get(a) - this.ranks.get(b) || a - b,
    );
  }

  private lowerBound(key: number): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.keys[this.order?.[middle] ?? 0] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The beginning of a skeleton as a number whose order is the order of skeletons. */
function keyOf(skeleton: string, length: number): number {
  let key = 0;
  for (let index = 0; index < length; index++) {
    key = key * base + (index < skeleton.length ? skeletonLetters.indexOf(skeleton[index] ?? '') + 1 : 0);
  }
  return key;
}
