// Makes secrets that are handed out (session ids, link tokens, API keys) and the hashes that are kept of them.
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const SECRET_BYTES = 32;

/** 256 bits, in letters that need no escaping anywhere. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** `u_` and 16 letters: an id that tells nothing and is not guessed. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString('base64url')}`;
}

/** A plain digest is enough for what nobody can guess; passwords go through scrypt. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** The token that a page sends along to prove that it could read an answer of ours; stands and falls with the session. */
export function csrfTokenOf(sessionId: string): string {
  return createHmac('sha256', sessionId).update('tierline csrf').digest('base64url');
}

/** Takes the same time wherever two texts differ. */
export function isSameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashSecret(given)), Buffer.from(hashSecret(wanted)));
}
