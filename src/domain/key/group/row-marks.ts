// Rows that are marked, a byte each.
import { joined, type MemorySink, type MemorySource } from '../memory/memory-parts.ts';

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
    this.marks = joined(source.take(name));
    this.marked = this.marks.reduce((sum, mark) => sum + mark, 0);
  }
}
