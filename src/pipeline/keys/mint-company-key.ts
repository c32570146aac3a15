// Makes a new company key: `co_` and 80 random bits, so that a key says nothing and never has to change.
import { randomBytes } from 'node:crypto';
import { encodeBase32 } from '#domain/key/encode-base32.ts';

const keyBytes = 10;

export function mintCompanyKey(): string {
  return `co_${encodeBase32(randomBytes(keyBytes))}`;
}
