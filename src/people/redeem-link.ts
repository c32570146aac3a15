// Opens a one-time link: a user gets in and may set a password; the first link of all makes the first admin.
import type { NewUser } from '#ports/people.ts';
import { newUser } from './invite.ts';
import { auditEntry, auditedUser, type PeopleParts } from './people-parts.ts';
import { hashSecret } from './secret-text.ts';
import { type OpenedSession, openSession } from './sessions.ts';

export interface LinkOpening {
  readonly token: string;
  /** Only the first admin's link asks for it: the others know whose they are. */
  readonly email: string | null;
  readonly password: string | null;
  readonly requestId: string | null;
}

export type LinkOutcome =
  | { readonly session: OpenedSession; readonly userId: string }
  | { readonly refused: 'unknown-link' | 'email-needed' };

export async function redeemLink(parts: PeopleParts, opening: LinkOpening): Promise<LinkOutcome> {
  const { store, clock } = parts;
  const tokenHash = hashSecret(opening.token);
  const now = clock.now().toISOString();
  const link = await store.findLink(tokenHash, now);
  if (link === null) return { refused: 'unknown-link' };
  if (link.userId === null && opening.email === null) return { refused: 'email-needed' };
  const userId =
    link.userId === null
      ? await claim(parts, tokenHash, opening)
      : await use(parts, tokenHash, link.userId, now);
  if (userId === null) return { refused: 'unknown-link' };
  if (opening.password !== null) await setPassword(parts, userId, opening.password, opening.requestId);
  return { session: await openSession(parts, userId), userId };
}

async function use(
  { store }: PeopleParts,
  tokenHash: string,
  userId: string,
  now: string,
): Promise<string | null> {
  return (await store.takeLink(tokenHash, now)) ? userId : null;
}

async function claim(parts: PeopleParts, tokenHash: string, opening: LinkOpening): Promise<string | null> {
  const user: NewUser = newUser(parts, opening.email ?? '', 'admin');
  const entry = auditEntry(parts.clock, byLink(user.id, opening.requestId), {
    action: 'user.add',
    subject: `user:${user.id}`,
    before: null,
    after: auditedUser(user),
  });
  return (await parts.store.claimFirstAdmin(tokenHash, user, entry)) ? user.id : null;
}

async function setPassword(
  { store, clock, passwords }: PeopleParts,
  userId: string,
  password: string,
  requestId: string | null,
): Promise<void> {
  const hash = await passwords.hash(password);
  const change = { action: 'user.set-password', subject: `user:${userId}`, before: null, after: null };
  await store.setPassword(userId, hash, auditEntry(clock, byLink(userId, requestId), change));
}

function byLink(id: string, requestId: string | null) {
  return { kind: 'link' as const, id, requestId };
}
