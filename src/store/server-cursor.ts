// Reads a query's rows in batches from a cursor on the server, one batch ahead of the reader: memory holds two batches, however
// many rows there are. (SQL cursors and not pg-cursor: that one waits for ever for a connection that was cut.)
import type { CompiledQuery } from 'kysely';
import type { ClientBase, Pool, QueryResultRow } from 'pg';
import { ConnectionLane } from './connection-lane.ts';

export class ServerCursor<Row extends QueryResultRow> {
  readonly #client: ClientBase;
  readonly #lane: ConnectionLane;
  readonly #fetchCommand: string;
  readonly #batchRows: number;
  #next: Promise<readonly Row[]> | null;

  private constructor(client: ClientBase, lane: ConnectionLane, name: string, batchRows: number) {
    this.#client = client;
    this.#lane = lane;
    this.#fetchCommand = `fetch ${batchRows} from ${name}`;
    this.#batchRows = batchRows;
    this.#next = this.#fetch();
  }

  /** Within a transaction, whose end closes it. Cursors of one connection share its lane. */
  static async open<Row extends QueryResultRow>(
    client: ClientBase,
    lane: ConnectionLane,
    query: { readonly name: string; readonly sql: string; readonly values: readonly unknown[] },
    batchRows: number,
  ): Promise<ServerCursor<Row>> {
    const declare = `declare ${query.name} no scroll cursor for ${query.sql}`;
    await lane.run(() => client.query(declare, [...query.values]));
    return new ServerCursor(client, lane, query.name, batchRows);
  }

  /** Empty when there are no more. */
  async nextBatch(): Promise<readonly Row[]> {
    if (this.#next === null) return [];
    const batch = await this.#next;
    this.#next = batch.length === this.#batchRows ? this.#fetch() : null;
    return batch;
  }

  #fetch(): Promise<readonly Row[]> {
    const rows = this.#lane.run(async (): Promise<readonly Row[]> => {
      const result = await this.#client.query<Row>(this.#fetchCommand);
      return result.rows;
    });
    // Its failure is reported where the batch is awaited, or not at all when nobody reads on.
    rows.catch(() => undefined);
    return rows;
  }
}

const rowsPerBatch = 1_000;

/** Every row of a query, in a transaction and on a connection of its own, which go when the reader leaves. */
export async function* streamRows<Row extends QueryResultRow>(
  pool: Pool,
  query: CompiledQuery<Row>,
): AsyncGenerator<Row, void> {
  const work = async function* (client: ClientBase, lane: ConnectionLane): AsyncGenerator<Row, void> {
    const { sql, parameters: values } = query;
    const cursor = await ServerCursor.open<Row>(client, lane, { name: 'rows', sql, values }, rowsPerBatch);
    for (;;) {
      const batch = await cursor.nextBatch();
      if (batch.length === 0) return;
      yield* batch;
    }
  };
  yield* inReadTransaction(pool, work);
}

/** Lets a generator read in one read-only transaction: one moment of the store, whatever is written meanwhile. */
export async function* inReadTransaction<Item>(
  pool: Pool,
  work: (client: ClientBase, lane: ConnectionLane) => AsyncGenerator<Item, void>,
): AsyncGenerator<Item, void> {
  const client = await pool.connect();
  const lane = new ConnectionLane();
  let broken: Error | undefined;
  try {
    await client.query('begin isolation level repeatable read read only');
    yield* work(client, lane);
  } finally {
    // After the batches that were asked for ahead and may still be on their way.
    await lane
      .run(() => client.query('rollback'))
      .catch((error: Error) => {
        broken = error;
      });
    client.release(broken);
  }
}
