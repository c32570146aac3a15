// Reads the keys that stored secrets are sealed with from the environment, or from the file beside an embedded database.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from '#errors/errors.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { Environment } from './environment.ts';

/** Bytes: AES-256. */
const KEY_SIZE = 32;
const KEY_FILE = 'secret.key';

/**
 * TIERLINE_SECRET_KEY and, comma-separated, TIERLINE_SECRET_KEY_FORMER.
 * @param keyFolder where a key of this machine's own is kept when the environment names none; null: there is none then,
 *   since a database that several machines share needs a key that they share
 */
export function readSecretKeys(environment: Environment, keyFolder: string | null): SecretKeys | null {
  const named = environment.get('TIERLINE_SECRET_KEY') ?? '';
  const former = (environment.get('TIERLINE_SECRET_KEY_FORMER') ?? '')
    .split(',')
    .filter((text) => text.trim() !== '')
    .map((text) => parseKey(text, 'TIERLINE_SECRET_KEY_FORMER'));
  if (named !== '') return { current: parseKey(named, 'TIERLINE_SECRET_KEY'), former };
  return keyFolder === null ? null : { current: keyOfMachine(keyFolder), former };
}

/** A key as it stands in the environment: base64. */
export function newSecretKey(): string {
  return randomBytes(KEY_SIZE).toString('base64');
}

function parseKey(text: string, source: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === KEY_SIZE) return key;
  throw new ConfigError(`${source} is no key: 32 bytes in base64 are wanted`, {
    next: 'Make one with `tierline secrets new-key`.',
  });
}

/** Made on first use; only the owner may read it. */
function keyOfMachine(folder: string): Buffer {
  const file = path.join(folder, KEY_FILE);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, `${newSecretKey()}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return parseKey(readFileSync(file, 'utf8'), file);
}
