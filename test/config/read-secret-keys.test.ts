import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { newSecretKey, readSecretKeys } from '#config/read-secret-keys.ts';
import { ConfigError } from '#errors/errors.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'tierline-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nothing = readEnvironment({});

describe('secret keys', () => {
  it('come from the environment, former ones beside the current', () => {
    const [current, one, two] = [newSecretKey(), newSecretKey(), newSecretKey()];
    const keys = readSecretKeys(
      readEnvironment({ TIERLINE_SECRET_KEY: current, TIERLINE_SECRET_KEY_FORMER: `${one}, ${two}` }),
      null,
    );
    expect(keys?.current.toString('base64')).toBe(current);
    expect(keys?.former.map((key) => key.toString('base64'))).toEqual([one, two]);
  });

  it('are made once for a machine of its own, in a file that only its owner reads', () => {
    const keyFolder = path.join(folder, 'own', '.tierline');
    const first = readSecretKeys(nothing, keyFolder);
    const file = path.join(keyFolder, 'secret.key');
    expect(readSecretKeys(nothing, keyFolder)?.current).toEqual(first?.current);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64')).toHaveLength(32);
  });

  it('are none for a shared database when the environment names none', () => {
    expect(readSecretKeys(nothing, null)).toBeNull();
  });

  it.each(['short', Buffer.alloc(31).toString('base64')])(
    'that are no key are refused, unshown: %s',
    (text) => {
      const read = () => readSecretKeys(readEnvironment({ TIERLINE_SECRET_KEY: text }), null);
      expect(read).toThrow(ConfigError);
      expect(read).not.toThrow(new RegExp(text.replaceAll('+', '\\+'), 'u'));
    },
  );
});
