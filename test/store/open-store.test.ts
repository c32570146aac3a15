import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import { openStore } from '#store/open-store.ts';
import { recordOf } from './records-of.ts';
import {
  administer,
  createTestDatabase,
  openTestStore,
  openTestStoreAt,
  silentLog,
  systemClock,
  withDatabase,
} from './store-fixture.ts';

async function failureOf(databaseUrl: string): Promise<ConfigError> {
  const opening = openStore({ databaseUrl, dataFolder: '/nonexistent', log: silentLog, clock: systemClock });
  const failure: unknown = await opening.catch((error: unknown) => error);
  if (failure instanceof ConfigError) return failure;
  throw new Error('opening should have failed with a ConfigError', { cause: failure });
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.on('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function drain(items: AsyncIterator<unknown>): Promise<void> {
  while ((await items.next()).done !== true);
}

describe('openStore', () => {
  it('makes its schema in a database that others use, and leaves theirs alone', async () => {
    const given = await createTestDatabase();
    const url = withDatabase(given, `${new URL(given).pathname.slice(1)}_shared`);
    await administer(given, `create database ${new URL(url).pathname.slice(1)}`);
    const store = await openTestStoreAt(url);
    expect(await store.runs.list(1)).toEqual([]);
    await store.close();
    await administer(given, `drop database ${new URL(url).pathname.slice(1)}`);
  });

  it('opens one database from several processes at once', async () => {
    const given = await createTestDatabase();
    const name = `${new URL(given).pathname.slice(1)}_new`;
    await administer(given, `create database ${name}`);
    const stores = await Promise.all([1, 2, 3].map(() => openTestStoreAt(withDatabase(given, name))));
    for (const store of stores) expect(await store.runs.list(1)).toEqual([]);
    for (const store of stores) await store.close();
    await administer(given, `drop database ${name}`);
  });

  it('refuses a database that a newer Tierline has used', async () => {
    const url = await createTestDatabase();
    await administer(
      url,
      `insert into tierline.kysely_migration values ('9999-from-the-future', '2027')`,
      url,
    );
    expect((await failureOf(url)).message).toContain('newer Tierline');
  });

  it('outlives connections that the server cuts, and fails only the work in hand', async () => {
    const store = await openTestStore();
    const records = Array.from({ length: 3_000 }, (_, index) => recordOf('account', String(index)));
    await store.records.put('r1', records);
    const reading = store.records.stream({ object: 'account' })[Symbol.asyncIterator]();
    const writer = await store.plans.openWriter('r1');
    await reading.next();
    await administer(
      store.databaseUrl,
      `select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'tierline' and datname = '${new URL(store.databaseUrl).pathname.slice(1)}'`,
    );
    await systemClock.sleep(200);
    await expect(writer.commit(true)).rejects.toThrow(/connection/iu);
    await writer.abort();
    await expect(drain(reading)).rejects.toThrow(/connection/iu);
    expect(await store.records.count('sf', 'account')).toBe(3_000);
  });

  it('says that it may not write where the embedded database should be', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'tierline-file-')), 'a-file');
    writeFileSync(file, '');
    const opening = openStore({
      databaseUrl: null,
      dataFolder: join(file, '.tierline'),
      log: silentLog,
      clock: systemClock,
    });
    await expect(opening).rejects.toThrow(ConfigError);
  });

  it('names a database that does not exist', async () => {
    const url = withDatabase(await createTestDatabase(), 'nosuch');
    const failure = await failureOf(url);
    expect(failure.message).toMatch(/database nosuch at .* does not exist/u);
    expect(failure.next).toMatch(/createdb/u);
  });

  it('names the server that does not answer, without the password', async () => {
    const port = await unusedPort();
    const failure = await failureOf(`postgres://ann:s3cret@127.0.0.1:${port}/crm`);
    expect(failure.message).toContain(`database crm at 127.0.0.1:${port} as user ann does not answer`);
    expect(`${failure.message} ${failure.next}`).not.toContain('s3cret');
  });

  it('names the user that the server refuses, without the password', async () => {
    const url = new URL(await createTestDatabase());
    url.username = 'nobody-of-that-name';
    url.password = 's3cret';
    const failure = await failureOf(url.href);
    expect(failure.message).toContain('nobody-of-that-name');
    expect(failure.message).not.toContain('s3cret');
  });

  it('says which right the user lacks', async () => {
    const url = new URL(await createTestDatabase());
    await administer(url.href, 'drop schema tierline cascade', url.href);
    const role = `tierline_guest_${process.pid}`;
    await administer(url.href, `create role ${role} login password 's3cret'`);
    url.username = role;
    url.password = 's3cret';
    const failure = await failureOf(url.href);
    expect(failure.message).toContain('does not let this user make the schema tierline');
    expect(failure.next).toContain('GRANT CREATE ON DATABASE');
    await administer(await createTestDatabase(), `drop role ${role}`);
  });

  it.each([
    'localhost/crm',
    'mysql://a:s3cret@b/c',
    '/var/lib/x',
    'postgres',
    'postgres://ann:100%@localhost/crm',
  ])('refuses %s as no URL of PostgreSQL', async (url) => {
    const failure = await failureOf(url);
    expect(failure.message).toContain('not a PostgreSQL URL');
    expect(failure.message).not.toContain('s3cret');
  });
});
