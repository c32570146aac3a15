// Brings people in: adds a user, and makes the one-time links by which a user, or the first admin of all, gets in.
import type { AccessRole } from '#domain/access/access-role.ts';
import type { AuditEntry, Author } from '#ports/audit.ts';
import type { NewUser } from '#ports/people.ts';
import { auditEntry, auditedUser, type PeopleParts, plainEmail } from './people-parts.ts';
import { hashSecret, newId, newSecret } from './secret-text.ts';

/** Long enough to be sent by mail and opened the next morning. */
const LINK_LIFE_MS = 48 * 3_600_000;
/** It stands in a terminal or a log: shorter. */
const FIRST_ADMIN_LINK_LIFE_MS = 3_600_000;

export interface Invitation {
  readonly user: NewUser;
  /** Goes into the link; only its hash is kept. */
  readonly token: string;
}

/** Null: there is a user with this e-mail. */
export async function inviteUser(
  parts: PeopleParts,
  email: string,
  role: AccessRole,
  author: Author,
): Promise<Invitation | null> {
  const { store, clock } = parts;
  const user = newUser(parts, email, role);
  const entry = auditEntry(clock, author, {
    action: 'user.add',
    subject: `user:${user.id}`,
    before: null,
    after: auditedUser(user),
  });
  if (!(await store.addUser(user, entry))) return null;
  return { user, token: await addLink(parts, user.id, LINK_LIFE_MS, null) };
}

export function newUser({ clock }: PeopleParts, email: string, role: AccessRole): NewUser {
  return { id: newId('u'), email: plainEmail(email), role, createdAt: clock.now().toISOString() };
}

/** A further link for somebody who lost the first, or the password; the older one stops working. */
export async function linkFor(parts: PeopleParts, userId: string, author: Author): Promise<string> {
  const change = { action: 'user.link', subject: `user:${userId}`, before: null, after: null };
  return addLink(parts, userId, LINK_LIFE_MS, auditEntry(parts.clock, author, change));
}

/** Null when there are users: then an admin invites. */
export async function firstAdminLink(parts: PeopleParts): Promise<string | null> {
  if ((await parts.store.countUsers()) > 0) return null;
  return addLink(parts, null, FIRST_ADMIN_LINK_LIFE_MS, null);
}

async function addLink(
  { store, clock }: PeopleParts,
  userId: string | null,
  lifeMs: number,
  entry: AuditEntry | null,
): Promise<string> {
  const token = newSecret();
  const expiresAt = new Date(clock.now().getTime() + lifeMs).toISOString();
  await store.addLink({ tokenHash: hashSecret(token), userId, expiresAt }, entry);
  return token;
}
