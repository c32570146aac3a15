// Stores for tests: real PostgreSQL, one server a test file, one database a store, all gone when the file ends.
// With TEST_DATABASE_URL the databases are made on that server instead.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach } from 'vitest';
import type { Clock } from '#ports/clock.ts';
import type { Log } from '#ports/log.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#store/embedded/start-embedded-postgres.ts';
import { type OpenedStore, openStore } from '#store/open-store.ts';

export const silentLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** A store on an empty database of its own; closed by itself after the test. Several a test are fine. */
export async function openTestStore(): Promise<OpenedStore> {
  return await openTestStoreAt(await createTestDatabase());
}

/** A further store on the database of another: another process, as far as the database can tell. */
export async function openTestStoreAt(
  databaseUrl: string,
  more: { readonly secretKeys?: SecretKeys } = {},
): Promise<OpenedStore> {
  const store = await openStore({
    databaseUrl,
    dataFolder: join(tmpdir(), 'tierline-unused'),
    log: silentLog,
    clock: systemClock,
    ...more,
  });
  opened.push(store);
  return store;
}

/** An empty database with the schema in it, as a URL. */
export async function createTestDatabase(): Promise<string> {
  const { server, template } = await (prepared ??= prepare());
  const name = `${template}_${(databases += 1)}`;
  await administer(server, `create database ${name} template ${template}`);
  return withDatabase(server, name);
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

/** Runs a statement as the server's administrator, in the database `postgres` unless another is given. */
export async function administer(
  url: string,
  statement: string,
  at = withDatabase(url, 'postgres'),
): Promise<void> {
  const client = new Client({ connectionString: at });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

interface Prepared {
  readonly server: string;
  readonly template: string;
  tearDown(): Promise<void>;
}

let prepared: Promise<Prepared> | null = null;
let databases = 0;
const opened: OpenedStore[] = [];

async function prepare(): Promise<Prepared> {
  const given = process.env['TEST_DATABASE_URL'];
  const template = `tierline_test_${process.pid}`;
  const folder = mkdtempSync(join(tmpdir(), 'tierline-test-'));
  // Else root's tests would keep their databases under /var/lib.
  chmodSync(folder, 0o755);
  const embedded: EmbeddedPostgres | null =
    given === undefined || given === ''
      ? await startEmbeddedPostgres({ dataFolder: folder, log: silentLog })
      : null;
  const server = embedded?.url ?? given ?? '';
  if (embedded !== null) {
    // What a test writes need not survive a power cut; a database a test is twice as fast to make.
    await administer(server, 'alter system set fsync = off');
    await administer(server, 'select pg_reload_conf()');
  }
  await administer(server, `create database ${template}`);
  const store = await openTestStoreAt(withDatabase(server, template));
  await store.close();
  return {
    server,
    template,
    tearDown: async () => {
      if (embedded === null) {
        for (let number = 1; number <= databases; number += 1) {
          await administer(server, `drop database if exists ${template}_${number} with (force)`);
        }
        await administer(server, `drop database ${template}`);
      }
      await embedded?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
});

afterAll(async () => {
  const made = await prepared;
  prepared = null;
  await made?.tearDown();
});
