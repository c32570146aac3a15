// A column of 32-bit integers that grows by chunks: nothing is copied and nothing is held twice while it grows.

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
}
