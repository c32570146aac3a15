// Numbers for strings, so that columns of a million records hold integers. Numbers are given in order of first sight.
// An open hash over a text pool: a third of the memory of a Map, and nothing for the garbage collector to walk.
import type { MemorySink, MemorySource } from '../memory/memory-parts.ts';
import { GrowingColumn } from './growing-column.ts';
import { hashOfText, longestText, TextPool } from './text-pool.ts';

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
    const hash = hashOfText(kept);
    const slot = this.slotOf(kept, hash);
    const known = this.slots[slot] ?? 0;
    if (known > 0) return known - 1;
    const number = this.pool.add(kept);
    this.hashes.push(hash);
    this.slots[slot] = number + 1;
    if (this.pool.size > this.slots.length * fullest) this.fillSlots(this.slots.length * 2);
    return number;
  }

  /** The string's number, or -1 when it was never seen. */
  find(text: string): number {
    return (this.slots[this.slotOf(text, hashOfText(text))] ?? 0) - 1;
  }

  textOf(number: number): string {
    return this.pool.textOf(number);
  }

  lengthOf(number: number): number {
    return this.pool.lengthOf(number);
  }

  hashOf(number: number): number {
    return this.hashes.get(number);
  }

  /** Of a text of words: true when the hash of its first word, of its first two or of all, without spaces, is wanted. */
  someBeginning(number: number, isWanted: (hash: number) => boolean): boolean {
    return this.pool.someBeginning(number, isWanted);
  }

  /** The number of a text of another pool, or -1. */
  findFrom(pool: TextPool, text: number): number {
    const hash = pool.hashOf(text);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0) return -1;
      if (this.hashes.get(number) === hash && this.pool.equals(number, pool.textOf(text))) return number;
    }
  }

  save(sink: MemorySink, name: string): void {
    this.pool.save(sink, name);
    this.hashes.save(sink, `${name}.hashes`);
  }

  /** Into an empty table. */
  restore(source: MemorySource, name: string): void {
    this.pool.restore(source, name);
    this.hashes.restore(source, `${name}.hashes`);
    let size = this.slots.length;
    while (this.pool.size > size * fullest) size *= 2;
    this.fillSlots(size);
  }

  private slotOf(text: string, hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const number = (this.slots[slot] ?? 0) - 1;
      if (number < 0 || (this.hashes.get(number) === hash && this.pool.equals(number, text))) return slot;
    }
  }

  private fillSlots(size: number): void {
    const slots = new Int32Array(size);
    const mask = slots.length - 1;
    for (let number = 0; number < this.pool.size; number++) {
      let slot = this.hashes.get(number) & mask;
      while ((slots[slot] ?? 0) > 0) slot = (slot + 1) & mask;
      slots[slot] = number + 1;
    }
    this.slots = slots;
  }
}
