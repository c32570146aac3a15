// Sends many rows into one table by COPY, in pieces of about a megabyte, so that memory stays flat and several writers can share
// one transaction: COPY takes the whole connection while it runs.
import { finished } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ConnectionLane } from '../connection-lane.ts';
import { type CopyValue, formatCopyRow } from './copy-text.ts';

/** Where larger pieces stop being faster (measured with 700-byte rows: 0.25, 1, 4 MB). */
const pieceLength = 1_000_000;

export class CopyWriter {
  readonly #client: ClientBase;
  readonly #command: string;
  readonly #lane: ConnectionLane;
  #parts: string[] = [];
  #length = 0;
  #rows = 0;

  /** Writers that take turns on one connection share its lane. */
  constructor(
    client: ClientBase,
    table: string,
    columns: readonly string[],
    lane: ConnectionLane = new ConnectionLane(),
  ) {
    this.#client = client;
    this.#command = `copy ${table} (${columns.join(', ')}) from stdin`;
    this.#lane = lane;
  }

  get rows(): number {
    return this.#rows;
  }

  /** Await it: a full piece is with the server before it resolves. */
  async add(values: readonly CopyValue[]): Promise<void> {
    const row = formatCopyRow(values);
    this.#parts.push(row);
    this.#length += row.length;
    this.#rows += 1;
    if (this.#length >= pieceLength) await this.flush();
  }

  async flush(): Promise<void> {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#length = 0;
    await this.#lane.run(() => this.#send(text));
  }

  async #send(text: string): Promise<void> {
    if (text === '') return;
    const stream = this.#client.query(copyFrom(this.#command));
    stream.end(text);
    await finished(stream);
  }
}
