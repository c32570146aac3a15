// Numbers for strings, so that columns of a million records hold integers. Numbers are given in order of first sight.
// An open hash over a text pool: a third of the memory of a Map, and nothing for the garbage collector to walk.
import { GrowingColumn } from './growing-column.ts';
import { longestText, TextPool } from './text-pool.ts';

const fullest = 0.6;

export class StringTable {
  private readonly pool = new TextPool();
  private readonly hashes = new GrowingColumn();
  /** Number + 1 of the string in a slot, 0 for an empty one. */
  private slots = new Int32Array(1024);

  get size(): number {
    return this.pool.size;
  }

  /** The string's number, new or known. */
  numberOf(text: string): number {
    const kept = text.length > longestText ? text.slice(0, longestText) : text;
    const hash = hashOf(kept);
    const slot = this.slotOf(kept, hash);
    const known = this.slots[slot] ?? 0;
    if (known > 0) return known - 1;
    const number = this.pool.add(kept);
    this.hashes.push(hash);
    this.slots[slot] = number + 1;
    if (this.pool.size > this.slots.length * fullest) this.grow();
    return number;
  }

  /** The string's number, or -1 when it was never seen. */
  find(text: string): number {
    return (this.slots[this.slotOf(text, hashOf(text))] ?? 0) - 1;
  }

  textOf(number: number): string {
    return this.pool.textOf(number);
  }

  lengthOf(number: number): number {
    return this.pool.lengthOf(number);
  }

  private slotOf(text: string, hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0 || (this.hashes.get(number) === hash && this.pool.equals(number, text))) return slot;
    }
  }

  private grow(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let number = 0; number < this.pool.size; number++) {
      let slot = this.hashes.get(number) & mask;
      while ((slots[slot] ?? 0) > 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}

/** FNV-1a over UTF-16 units, mixed so that the low bits depend on all of them. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) ^ (hash >>> 13);
}
