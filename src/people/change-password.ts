// A person who is signed in chooses another password, or a first one. Guessing the present one counts as guessing at sign-in.
import { judgeAttempt } from '#domain/access/judge-attempt.ts';
import { auditEntry, type PeopleParts } from './people-parts.ts';
import { hashSecret } from './secret-text.ts';
import { type OpenedSession, openSession } from './sessions.ts';

export interface PasswordChange {
  readonly userId: string;
  readonly email: string;
  /** Null: there was none yet. */
  readonly present: string | null;
  readonly wanted: string;
  readonly address: string;
  readonly requestId: string;
}

export type PasswordOutcome =
  /** The other sessions of the person are over. */
  { readonly session: OpenedSession } | { readonly refused: 'credentials' } | { readonly waitMs: number };

export async function changePassword(parts: PeopleParts, change: PasswordChange): Promise<PasswordOutcome> {
  const { store, clock, passwords } = parts;
  const { userId } = change;
  const account = hashSecret(change.email);
  const address = hashSecret(change.address);
  const now = clock.now();
  const hash = await store.passwordHash(userId);
  if (hash !== null) {
    const attempt = await store.noteAttempt(account, address, now);
    const waitMs = judgeAttempt(attempt);
    if (waitMs !== null) {
      await store.dropAttempt(attempt.number);
      return { waitMs };
    }
    if (!(await passwords.verify(change.present ?? '', hash))) return { refused: 'credentials' };
    await store.noteSuccess(account, address, userId, now.toISOString());
  }
  const author = { kind: 'user', id: userId, requestId: change.requestId } as const;
  const entry = { action: 'user.set-password', subject: `user:${userId}`, before: null, after: null };
  await store.setPassword(userId, await passwords.hash(change.wanted), auditEntry(clock, author, entry));
  return { session: await openSession(parts, userId) };
}
