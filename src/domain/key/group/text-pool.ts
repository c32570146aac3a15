// Millions of short strings outside the heap of JavaScript: one byte a character where that is enough, else two.
// A string on the heap costs some forty bytes more and is walked by every garbage collection.
import type { MemorySink, MemorySource } from '../memory/memory-parts.ts';
import { GrowingColumn } from './growing-column.ts';

const chunkBits = 16;
const chunkSize = 1 << chunkBits;
const mask = chunkSize - 1;
/** The length of a text is kept in one unit, or in two bytes, before it. */
export const longestText = 60_000;

export class TextPool {
  private readonly byteChunks: Uint8Array[] = [];
  private readonly unitChunks: Uint16Array[] = [];
  private usedBytes = 0;
  private usedUnits = 0;
  /** Where a text begins: in the bytes, or as -1 - place in the units. */
  private readonly places = new GrowingColumn();

  get size(): number {
    return this.places.length;
  }

  /** Answers the text's number; a longer text than the pool takes is cut. */
  add(text: string): number {
    const kept = text.length > longestText ? text.slice(0, longestText) : text;
    this.places.push(isLatin(kept) ? this.addBytes(kept) : -1 - this.addUnits(kept));
    return this.places.length - 1;
  }

  textOf(number: number): string {
    const place = this.places.get(number);
    if (number < 0 || number >= this.places.length) return '';
    if (place < 0) {
      const chunk = this.unitChunks[(-1 - place) >> chunkBits] ?? noUnits;
      const at = (-1 - place) & mask;
      return decode(chunk.subarray(at + 1, at + 1 + (chunk[at] ?? 0)));
    }
    const chunk = this.byteChunks[place >> chunkBits] ?? noBytes;
    const at = place & mask;
    return decode(chunk.subarray(at + 2, at + 2 + lengthAt(chunk, at)));
  }

  /** The text's length in UTF-16 units. */
  lengthOf(number: number): number {
    const place = this.places.get(number);
    if (place < 0) return this.unitChunks[(-1 - place) >> chunkBits]?.[(-1 - place) & mask] ?? 0;
    return lengthAt(this.byteChunks[place >> chunkBits] ?? noBytes, place & mask);
  }

  equals(number: number, text: string): boolean {
    const length = this.lengthOf(number);
    if (length !== text.length) return false;
    for (let index = 0; index < length; index++)
      if (this.unitAt(number, index) !== text.charCodeAt(index)) return false;
    return true;
  }

  /** In the order of UTF-16 units, as `<` compares strings. */
  compare(a: number, b: number): number {
    const length = Math.min(this.lengthOf(a), this.lengthOf(b));
    for (let index = 0; index < length; index++) {
      const difference = this.unitAt(a, index) - this.unitAt(b, index);
      if (difference !== 0) return difference;
    }
    return this.lengthOf(a) - this.lengthOf(b);
  }

  /** The same as the hash of the text itself. */
  hashOf(number: number): number {
    const place = this.places.get(number);
    const units = place < 0 ? this.unitChunks : this.byteChunks;
    const start = place < 0 ? -1 - place : place;
    const chunk = units[start >> chunkBits] ?? noBytes;
    const first = (start & mask) + (place < 0 ? 1 : 2);
    const end = first + this.lengthOf(number);
    let hash = firstHash;
    for (let at = first; at < end; at++) hash = stepHash(hash, chunk[at] ?? 0);
    return lastHash(hash);
  }

  /** Of a text of words: true when the hash of its first word, of its first two or of all, without spaces, is wanted. */
  someBeginning(number: number, isWanted: (hash: number) => boolean): boolean {
    const length = this.lengthOf(number);
    let hash = firstHash;
    let words = 0;
    for (let index = 0; index < length; index++) {
      const unit = this.unitAt(number, index);
      if (unit !== space) hash = stepHash(hash, unit);
      else if (++words <= 2 && isWanted(lastHash(hash))) return true;
    }
    return isWanted(lastHash(hash));
  }

  save(sink: MemorySink, name: string): void {
    sink.add(`${name}.bytes`, this.byteChunks);
    sink.add(`${name}.units`, this.unitChunks);
    sink.add(`${name}.used`, [Int32Array.of(this.usedBytes, this.usedUnits)]);
    this.places.save(sink, `${name}.places`);
  }

  /** Into an empty pool. */
  restore(source: MemorySource, name: string): void {
    for (const part of source.take(`${name}.bytes`))
      for (let at = 0; at < part.length; at += chunkSize)
        this.byteChunks.push(part.subarray(at, at + chunkSize));
    for (const part of source.take(`${name}.units`)) {
      const units = new Uint16Array(part.buffer, part.byteOffset, part.byteLength / 2);
      for (let at = 0; at < units.length; at += chunkSize)
        this.unitChunks.push(units.subarray(at, at + chunkSize));
    }
    const [used] = source.take(`${name}.used`);
    const [usedBytes = 0, usedUnits = 0] =
      used === undefined ? [] : new Int32Array(used.buffer, used.byteOffset, 2);
    this.usedBytes = usedBytes;
    this.usedUnits = usedUnits;
    this.places.restore(source, `${name}.places`);
  }

  private unitAt(number: number, index: number): number {
    const place = this.places.get(number);
    if (place < 0)
      return this.unitChunks[(-1 - place) >> chunkBits]?.[((-1 - place) & mask) + 1 + index] ?? 0;
    return this.byteChunks[place >> chunkBits]?.[(place & mask) + 2 + index] ?? 0;
  }

  private addBytes(text: string): number {
    const needed = text.length + 2;
    if (
      this.usedBytes === this.byteChunks.length << chunkBits ||
      (this.usedBytes & mask) + needed > chunkSize
    ) {
      this.usedBytes = this.byteChunks.length << chunkBits;
      this.byteChunks.push(new Uint8Array(chunkSize));
    }
    const chunk = this.byteChunks[this.byteChunks.length - 1] ?? noBytes;
    const at = this.usedBytes & mask;
    chunk[at] = text.length & 0xff;
    chunk[at + 1] = text.length >> 8;
    for (let index = 0; index < text.length; index++) chunk[at + 2 + index] = text.charCodeAt(index);
    const place = this.usedBytes;
    this.usedBytes += needed;
    return place;
  }

  private addUnits(text: string): number {
    const needed = text.length + 1;
    if (
      this.usedUnits === this.unitChunks.length << chunkBits ||
      (this.usedUnits & mask) + needed > chunkSize
    ) {
      this.usedUnits = this.unitChunks.length << chunkBits;
      this.unitChunks.push(new Uint16Array(chunkSize));
    }
    const chunk = this.unitChunks[this.unitChunks.length - 1] ?? noUnits;
    const at = this.usedUnits & mask;
    chunk[at] = text.length;
    for (let index = 0; index < text.length; index++) chunk[at + 1 + index] = text.charCodeAt(index);
    const place = this.usedUnits;
    this.usedUnits += needed;
    return place;
  }
}

/** FNV-1a over UTF-16 units, mixed so that the low bits depend on all of them. */
export function hashOfText(text: string): number {
  let hash = firstHash;
  for (let index = 0; index < text.length; index++) hash = stepHash(hash, text.charCodeAt(index));
  return lastHash(hash);
}

const firstHash = 0x811c9dc5;
const space = 0x20;

function stepHash(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

function lastHash(hash: number): number {
  const mixed = hash ^ (hash >>> 15);
  return Math.imul(mixed, 0x2c1b3c6d) ^ (mixed >>> 13);
}

const noBytes = new Uint8Array(0);
const noUnits = new Uint16Array(0);

function decode(units: Uint8Array | Uint16Array): string {
  // Spreading would walk an iterator: three times slower.
  return Reflect.apply(String.fromCharCode, null, units) as string;
}

function lengthAt(chunk: Uint8Array, at: number): number {
  return (chunk[at] ?? 0) | ((chunk[at + 1] ?? 0) << 8);
}

function isLatin(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0xff) return false;
  return true;
}
