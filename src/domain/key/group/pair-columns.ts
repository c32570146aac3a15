// Pairs of (row, value) in two growing columns: what a record can have several of.
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
}
