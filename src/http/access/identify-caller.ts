// Finds out who is calling: by API key, else by the session of the cookie. Says nothing about what they may do.
import { findLiveApiKey } from '#people/api-keys.ts';
import type { PeopleParts } from '#people/people-parts.ts';
import { findLiveSession } from '#people/sessions.ts';
import type { KnownCaller } from './caller.ts';
import type { CookieJar } from './cookies.ts';

const BEARER = /^Bearer +(?<key>\S+)$/iu;

/** Null: nobody we know. A header that names no live key is not made up for by a cookie. */
export async function identifyCaller(
  people: PeopleParts,
  authorization: string | undefined,
  cookies: CookieJar,
): Promise<KnownCaller | null> {
  if (authorization !== undefined) {
    const text = BEARER.exec(authorization)?.groups?.['key'];
    const key = text === undefined ? null : await findLiveApiKey(people, text);
    return key === null
      ? null
      : { kind: 'api-key', id: key.id, role: key.role, email: null, sessionId: null };
  }
  const sessionId = cookies.get('session');
  if (sessionId === null) return null;
  const session = await findLiveSession(people, sessionId);
  return session === null
    ? null
    : { kind: 'user', id: session.userId, role: session.role, email: session.email, sessionId };
}
