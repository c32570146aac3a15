// Hands out the rows of a cursor ordered by company key, company by company.
import type { ServerCursor } from '../server-cursor.ts';
import { compareByteOrder } from './compare-byte-order.ts';

export interface CompanyRow {
  readonly company_key: string;
}

export class CompanyCursor<Row extends CompanyRow> {
  readonly #cursor: ServerCursor<Row>;
  #batch: readonly Row[] = [];
  #position = 0;

  /** The cursor's query must order by company_key. */
  constructor(cursor: ServerCursor<Row>) {
    this.#cursor = cursor;
  }

  /** The company that the next row belongs to; null at the end. */
  async peek(): Promise<string | null> {
    return (await this.#current())?.company_key ?? null;
  }

  /** Every row of that company; rows of companies before it are passed over. */
  async take(companyKey: string): Promise<readonly Row[]> {
    const taken: Row[] = [];
    for (;;) {
      // Only the end of a batch is worth waiting for: there are millions of rows.
      const row = this.#batch[this.#position] ?? (await this.#current());
      if (row === undefined) return taken;
      const order = compareByteOrder(row.company_key, companyKey);
      if (order > 0) return taken;
      if (order === 0) taken.push(row);
      this.#position += 1;
    }
  }

  async #current(): Promise<Row | undefined> {
    if (this.#position >= this.#batch.length) {
      this.#batch = await this.#cursor.nextBatch();
      this.#position = 0;
    }
    return this.#batch[this.#position];
  }
}
