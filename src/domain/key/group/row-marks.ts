// Rows that are marked, a byte each.
import type { MemorySink, MemorySource } from '../memory/memory-parts.ts';

export class RowMarks {
  private marks = new Uint8Array(1024);
  private marked = 0;

  get count(): number {
    return this.marked;
  }

  has(row: number): boolean {
    return this.marks[row] === 1;
  }

  add(row: number): void {
    if (row >= this.marks.length) {
      const larger = new Uint8Array(2 ** Math.ceil(Math.log2(row + 1)));
      larger.set(this.marks);
      this.marks = larger;
    }
    if (this.marks[row] === 1) return;
    this.marks[row] = 1;
    this.marked++;
  }

  save(sink: MemorySink, name: string): void {
    sink.add(name, [this.marks]);
  }

  restore(source: MemorySource, name: string): void {
    const parts = source.take(name);
    this.marks = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      this.marks.set(part, at);
      at += part.length;
    }
    this.marked = this.marks.reduce((sum, mark) => sum + mark, 0);
  }
}
