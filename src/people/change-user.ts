// Changes of users by admins: another role, or no longer a user. The last admin stays one.
import type { AccessRole } from '#domain/access/access-role.ts';
import type { Author } from '#ports/audit.ts';
import { auditEntry, auditedUser, type PeopleParts } from './people-parts.ts';

export async function removeUser(
  { store, clock }: PeopleParts,
  id: string,
  author: Author,
): Promise<'removed' | 'missing' | 'last-admin'> {
  const user = await store.findUser(id);
  if (user === null) return 'missing';
  const change = { action: 'user.remove', subject: `user:${id}`, before: auditedUser(user), after: null };
  return store.removeUser(id, auditEntry(clock, author, change));
}

export async function changeRole(
  { store, clock }: PeopleParts,
  id: string,
  role: AccessRole,
  author: Author,
): Promise<'changed' | 'missing' | 'last-admin'> {
  const user = await store.findUser(id);
  if (user === null) return 'missing';
  const after = auditedUser({ ...user, role });
  const change = { action: 'user.change-role', subject: `user:${id}`, before: auditedUser(user), after };
  return store.changeRole(id, role, auditEntry(clock, author, change));
}
