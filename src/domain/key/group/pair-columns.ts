// Pairs of (row, value) in two growing columns: what a record can have several of.
import type { MemorySink, MemorySource } from '../memory/memory-parts.ts';
import { GrowingColumn } from './growing-column.ts';

export class PairColumns {
  readonly rows = new GrowingColumn();
  readonly values = new GrowingColumn();

  get length(): number {
    return this.rows.length;
  }

  push(row: number, value: number): void {
    this.rows.push(row);
    this.values.push(value);
  }

  save(sink: MemorySink, name: string): void {
    this.rows.save(sink, `${name}.rows`);
    this.values.save(sink, `${name}.values`);
  }

  restore(source: MemorySource, name: string): void {
    this.rows.restore(source, `${name}.rows`);
    this.values.restore(source, `${name}.values`);
  }
}
