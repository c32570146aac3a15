import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '#errors/errors.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import { createTestDatabase, openTestStoreAt } from './store-fixture.ts';

const keyOf = (fill: number): Buffer => Buffer.alloc(32, fill);

async function openWith(url: string, secretKeys: SecretKeys | undefined) {
  return (await openTestStoreAt(url, secretKeys === undefined ? {} : { secretKeys })).tokens;
}

async function storedText(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ all: string }>(
    `select string_agg(refresh_token, ' ') as all from tierline.tokens`,
  );
  await client.end();
  return rows[0]?.all ?? '';
}

describe('tokens', () => {
  it('keep the newest of each connection, and no dump of the database shows it', async () => {
    const url = await createTestDatabase();
    const tokens = await openWith(url, { current: keyOf(1), former: [] });
    expect(await tokens.load('sf')).toBeNull();
    await tokens.save('sf', 'first-token');
    await tokens.save('sf', 'second-token');
    await tokens.save('hs', 'third-token');
    expect(await tokens.load('sf')).toBe('second-token');
    expect(await storedText(url)).not.toContain('token');
  });

  it('are not stored at all without a key', async () => {
    const url = await createTestDatabase();
    const tokens = await openWith(url, undefined);
    await expect(tokens.save('sf', 'one')).rejects.toThrow(ConfigError);
    expect(await storedText(url)).toBe('');
  });

  it('are sealed anew with a new key, after which the old one is not needed', async () => {
    const url = await createTestDatabase();
    const before = await openWith(url, { current: keyOf(1), former: [] });
    await before.save('sf', 'one');
    await before.save('hs', 'two');
    const rotating = await openWith(url, { current: keyOf(2), former: [keyOf(1)] });
    await rotating.save('hs', 'three');
    expect(await rotating.sealAnew({ dryRun: true })).toEqual({ stored: 2, sealed: 1 });
    expect(await before.load('sf')).toBe('one');
    expect(await rotating.sealAnew({ dryRun: false })).toEqual({ stored: 2, sealed: 1 });
    expect(await rotating.sealAnew({ dryRun: false })).toEqual({ stored: 2, sealed: 0 });
    const after = await openWith(url, { current: keyOf(2), former: [] });
    expect([await after.load('sf'), await after.load('hs')]).toEqual(['one', 'three']);
  });

  it('tell that a key is missing before anything is sealed anew', async () => {
    const url = await createTestDatabase();
    await (await openWith(url, { current: keyOf(1), former: [] })).save('sf', 'one');
    const forgetful = await openWith(url, { current: keyOf(2), former: [] });
    await expect(forgetful.sealAnew({ dryRun: true })).rejects.toThrow(ConfigError);
  });

  it('are renewed by one process at a time, each connection for itself', async () => {
    const url = await createTestDatabase();
    const one = await openWith(url, { current: keyOf(1), former: [] });
    const other = await openWith(url, { current: keyOf(1), former: [] });
    const order: string[] = [];
    const entered = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    const first = one.exclusively('sf', async () => {
      entered.resolve();
      await released.promise;
      order.push('first');
    });
    await entered.promise;
    const second = other.exclusively('sf', async () => order.push('second'));
    await other.exclusively('hs', async () => order.push('another connection'));
    released.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['another connection', 'first', 'second']);
  });

  it('are free again when the renewal failed', async () => {
    const tokens = await openWith(await createTestDatabase(), { current: keyOf(1), former: [] });
    await expect(tokens.exclusively('sf', () => Promise.reject(new Error('refused')))).rejects.toThrow(
      'refused',
    );
    expect(await tokens.exclusively('sf', async () => 'again')).toBe('again');
  });
});
