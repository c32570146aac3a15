// Sign-in with e-mail and password. A wrong e-mail and a wrong password look and last alike.
import { judgeAttempt } from '#domain/access/judge-attempt.ts';
import { type PeopleParts, plainEmail } from './people-parts.ts';
import { hashSecret } from './secret-text.ts';
import { type OpenedSession, openSession } from './sessions.ts';

export type SignInOutcome =
  | { readonly session: OpenedSession; readonly userId: string }
  | { readonly refused: 'credentials' }
  | { readonly waitMs: number };

export async function signIn(
  parts: PeopleParts,
  given: { readonly email: string; readonly password: string; readonly address: string },
): Promise<SignInOutcome> {
  const { store, clock, passwords } = parts;
  const email = plainEmail(given.email);
  const account = hashSecret(email);
  const address = hashSecret(given.address);
  const now = clock.now();
  const attempt = await store.noteAttempt(account, address, now);
  const waitMs = judgeAttempt(attempt);
  if (waitMs !== null) {
    await store.dropAttempt(attempt.number);
    return { waitMs };
  }
  const user = await store.findUserByEmail(email);
  const hash = user === null ? null : await store.passwordHash(user.id);
  const right = await passwords.verify(given.password, hash);
  if (!right || user === null) return { refused: 'credentials' };
  await store.noteSuccess(account, address, user.id, now.toISOString());
  return { session: await openSession(parts, user.id), userId: user.id };
}
