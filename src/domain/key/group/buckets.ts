// Members filed under integer keys, in ascending order of members, without an object a key.
import type { GrowingColumn } from './growing-column.ts';

export class Buckets {
  private readonly starts: Int32Array;
  private readonly members: Int32Array;

  /** Pairs have to come with ascending members; a negative key is left out. */
  constructor(keyCount: number, keys: GrowingColumn, members: GrowingColumn) {
    const starts = new Int32Array(keyCount + 2);
    for (let index = 0; index < keys.length; index++) {
      const key = keys.get(index);
      if (key >= 0) starts[key + 2] = (starts[key + 2] ?? 0) + 1;
    }
    for (let key = 2; key < starts.length; key++) starts[key] = (starts[key] ?? 0) + (starts[key - 1] ?? 0);
    this.members = new Int32Array(starts.at(-1) ?? 0);
    for (let index = 0; index < keys.length; index++) {
      const key = keys.get(index);
      if (key < 0) continue;
      const at = starts[key + 1] ?? 0;
      this.members[at] = members.get(index);
      starts[key + 1] = at + 1;
    }
    this.starts = starts;
  }

  sizeOf(key: number): number {
    return key < 0 ? 0 : (this.starts[key + 1] ?? 0) - (this.starts[key] ?? 0);
  }

  /** Each member once. */
  membersOf(key: number): Int32Array {
    if (key < 0) return new Int32Array(0);
    const all = this.members.subarray(this.starts[key] ?? 0, this.starts[key + 1] ?? 0);
    for (let index = 1; index < all.length; index++)
      if (all[index] === all[index - 1]) return Int32Array.from(new Set(all));
    return all;
  }
}
