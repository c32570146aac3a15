// The connection to PostgreSQL: one pool, Kysely over it, and what every store needs beside them.
import { Kysely, PostgresDialect } from 'kysely';
import { Client, type ClientConfig, Pool, types } from 'pg';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import { schemaName } from './schema-name.ts';
import type { Tables } from './tables.ts';

export interface Database {
  readonly pool: Pool;
  /** Unqualified table names are those of our schema. */
  readonly db: Kysely<Tables>;
  /** The same without a schema of its own: for the migrations, which make it. */
  readonly rootDb: Kysely<unknown>;
  /** A connection of its own, outside the pool: for what must live as long as a lock. */
  connectAlone(): Promise<Client>;
  readonly log: Log;
  readonly clock: Clock;
}

/** A plan writer, a dossier stream, a source load and a change stream can be open at once, and the rest is short. */
const poolSize = 10;
const connectTimeoutMs = 15_000;

export function openDatabase(url: string, log: Log, clock: Clock): Database {
  const config: ClientConfig = {
    connectionString: url,
    application_name: 'tierline',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    types: { getTypeParser: parserOf },
  };
  const pool = new Pool({ ...config, max: poolSize });
  // An idle connection that the server closed is replaced on the next use; one in use fails in its next query. Without
  // listeners either would end the process.
  // One that ends with us is no news.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn('A database connection was lost', { reason: error.message });
  });
  pool.on('connect', (client) => client.on('error', () => {}));
  const dialect = new PostgresDialect({ pool });
  return {
    pool,
    db: new Kysely<Tables>({ dialect }).withSchema(schemaName),
    rootDb: new Kysely<unknown>({ dialect }),
    connectAlone: async () => {
      const client = new Client(config);
      await client.connect();
      return client;
    },
    log,
    clock,
  };
}

/** Counts as numbers (none comes near 2^53), moments as ISO 8601 UTC; the rest as pg has it. */
const parserOf: typeof types.getTypeParser = (type, format) => {
  if (format !== 'binary' && type === types.builtins.INT8) return Number;
  if (format !== 'binary' && type === types.builtins.TIMESTAMPTZ) {
    return (text: string) => new Date(text).toISOString();
  }
  return types.getTypeParser(type, format);
};
