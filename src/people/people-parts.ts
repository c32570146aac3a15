// What the actions on people work with.
import type { AuditEntry, Author } from '#ports/audit.ts';
import type { Clock } from '#ports/clock.ts';
import type { PeopleStore, User } from '#ports/people.ts';
import type { Json } from '#ports/store.ts';
import type { Passwords } from './passwords.ts';

export interface PeopleParts {
  readonly store: PeopleStore;
  readonly clock: Clock;
  readonly passwords: Passwords;
}

export interface Change {
  readonly action: string;
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
}

export function auditEntry(clock: Clock, author: Author, change: Change): AuditEntry {
  return { at: clock.now().toISOString(), author, ...change };
}

/** What the audit log keeps of a user. */
export function auditedUser({ email, role }: Pick<User, 'email' | 'role'>): Json {
  return { email, role };
}

/** People write their address as they like; we keep one. */
export function plainEmail(email: string): string {
  return email.trim().toLowerCase();
}
