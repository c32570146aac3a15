// A column of 32-bit integers that grows by chunks: nothing is copied and nothing is held twice while it grows.
import type { MemorySink, MemorySource } from '../memory/memory-parts.ts';

const chunkBits = 12;
const chunkSize = 1 << chunkBits;
const mask = chunkSize - 1;

export class GrowingColumn {
  private readonly chunks: Int32Array[] = [];
  private used = 0;

  get length(): number {
    return this.used;
  }

  push(value: number): void {
    const at = this.used & mask;
    if (at === 0) this.chunks.push(new Int32Array(chunkSize));
    const chunk = this.chunks[this.used >> chunkBits];
    if (chunk !== undefined) chunk[at] = value;
    this.used++;
  }

  /** -1 for a row that is not there. */
  get(row: number): number {
    return row >= 0 && row < this.used ? (this.chunks[row >> chunkBits]?.[row & mask] ?? -1) : -1;
  }

  save(sink: MemorySink, name: string): void {
    const last = this.chunks.length - 1;
    sink.add(
      name,
      this.chunks.map((chunk, index) =>
        index < last ? chunk : chunk.subarray(0, this.used - last * chunkSize),
      ),
    );
  }

  /** Into an empty column. */
  restore(source: MemorySource, name: string): void {
    for (const part of source.take(name)) {
      const values = new Int32Array(part.buffer, part.byteOffset, part.byteLength / 4);
      for (let at = 0; at < values.length; at += chunkSize) {
        const chunk = values.subarray(at, at + chunkSize);
        this.chunks.push(chunk.length === chunkSize ? chunk : wholeChunk(chunk));
        this.used += chunk.length;
      }
    }
  }
}

function wholeChunk(values: Int32Array): Int32Array {
  const chunk = new Int32Array(chunkSize);
  chunk.set(values);
  return chunk;
}
