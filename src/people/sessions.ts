// Sessions of people who signed in: opened with a fresh id each time, found by its hash, over after a time unused or in all.
import type { AccessRole } from '#domain/access/access-role.ts';
import { ABSOLUTE_MS, IDLE_MS, isSessionAlive, NOTE_EVERY_MS } from '#domain/access/session-life.ts';
import type { PeopleParts } from './people-parts.ts';
import { hashSecret, newSecret } from './secret-text.ts';

export interface OpenedSession {
  /** For the cookie; only its hash is kept. */
  readonly id: string;
  readonly lifeMs: number;
}

export interface LiveSession {
  readonly userId: string;
  readonly email: string;
  readonly role: AccessRole;
}

export async function openSession({ store, clock }: PeopleParts, userId: string): Promise<OpenedSession> {
  const id = newSecret();
  await store.addSession({ idHash: hashSecret(id), userId, createdAt: clock.now().toISOString() });
  return { id, lifeMs: ABSOLUTE_MS };
}

/** Null: unknown, ended or expired; who called need not know which. */
export async function findLiveSession(
  { store, clock }: PeopleParts,
  id: string,
): Promise<LiveSession | null> {
  const idHash = hashSecret(id);
  const session = await store.findSession(idHash);
  if (session === null) return null;
  const now = clock.now();
  if (!isSessionAlive(session, now)) {
    await store.endSession(idHash);
    return null;
  }
  if (now.getTime() - Date.parse(session.seenAt) > NOTE_EVERY_MS) {
    await store.noteSessionSeen(idHash, now.toISOString());
  }
  const { userId, email, role } = session;
  return { userId, email, role };
}

export async function closeSession({ store }: PeopleParts, id: string): Promise<void> {
  await store.endSession(hashSecret(id));
}

/** What is over is only in the way. */
export async function clearExpired({ store, clock }: PeopleParts): Promise<void> {
  const now = clock.now();
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  await store.clearExpired({
    idleSince: ago(IDLE_MS),
    createdSince: ago(ABSOLUTE_MS),
    now: now.toISOString(),
  });
}
