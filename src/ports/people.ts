// What Tierline remembers of the people and programs that use the service: users, one-time links, sessions, API keys, guesses.
// Secrets come as hashes only. Every change of people or keys takes its audit entry and stores both in one transaction.
import type { AccessRole } from '#domain/access/access-role.ts';
import type { AttemptCounts } from '#domain/access/judge-attempt.ts';
import type { AuditEntry } from './audit.ts';

export interface NewUser {
  readonly id: string;
  /** Lower case. */
  readonly email: string;
  readonly role: AccessRole;
  readonly createdAt: string;
}

export interface User extends NewUser {
  readonly signedInAt: string | null;
  readonly hasPassword: boolean;
  /** Signs in with the identity provider. */
  readonly hasProvider: boolean;
}

export interface OneTimeLink {
  readonly tokenHash: string;
  /** Null: makes the first admin. */
  readonly userId: string | null;
  readonly expiresAt: string;
}

export interface NewSession {
  readonly idHash: string;
  readonly userId: string;
  readonly createdAt: string;
}

export interface StoredSession extends NewSession {
  readonly seenAt: string;
  readonly email: string;
  readonly role: AccessRole;
}

export interface NewApiKey {
  /** Public half, by which it is found and named. */
  readonly id: string;
  readonly secretHash: string;
  readonly name: string;
  readonly role: AccessRole;
  readonly createdAt: string;
  readonly createdBy: string;
  /** Null: until revoked. */
  readonly expiresAt: string | null;
}

export interface ApiKey extends NewApiKey {
  readonly lastUsedAt: string | null;
  readonly revokedAt: string | null;
}

export interface NotedAttempt extends AttemptCounts {
  readonly number: number;
}

/** A sign-in that went off to the identity provider. */
export interface ProviderVisit {
  readonly stateHash: string;
  readonly codeVerifier: string;
  readonly nonce: string;
  readonly expiresAt: string;
}

/** The identity provider's name for a person, which survives a change of e-mail. */
export interface ProviderSubject {
  readonly issuer: string;
  readonly subject: string;
}

export interface PeopleStore {
  countUsers(): Promise<number>;
  /** By e-mail. */
  listUsers(): Promise<readonly User[]>;
  findUser(id: string): Promise<User | null>;
  findUserByEmail(email: string): Promise<User | null>;
  findUserBySubject(subject: ProviderSubject): Promise<User | null>;
  passwordHash(userId: string): Promise<string | null>;
  /** False: there is a user with this e-mail. */
  addUser(user: NewUser, entry: AuditEntry): Promise<boolean>;
  /** Sessions, links and known addresses go too. */
  removeUser(id: string, entry: AuditEntry): Promise<'removed' | 'missing' | 'last-admin'>;
  changeRole(id: string, role: AccessRole, entry: AuditEntry): Promise<'changed' | 'missing' | 'last-admin'>;
  /** Ends every session of the user. */
  setPassword(userId: string, hash: string, entry: AuditEntry): Promise<void>;
  bindSubject(userId: string, subject: ProviderSubject, entry: AuditEntry): Promise<void>;

  /** A new link of a user stands instead of the older ones. Null entry: adding the user has one already. */
  addLink(link: OneTimeLink, entry: AuditEntry | null): Promise<void>;
  findLink(tokenHash: string, now: string): Promise<OneTimeLink | null>;
  /** Uses the link up; false when it is used, expired or was never given out. */
  takeLink(tokenHash: string, now: string): Promise<boolean>;
  /** Uses the link up and adds the first user, both or nothing; false when somebody was first. */
  claimFirstAdmin(tokenHash: string, user: NewUser, entry: AuditEntry): Promise<boolean>;

  addSession(session: NewSession): Promise<void>;
  findSession(idHash: string): Promise<StoredSession | null>;
  noteSessionSeen(idHash: string, at: string): Promise<void>;
  endSession(idHash: string): Promise<void>;
  /** Forgets sessions last seen or created before these moments, links, visits and guesses that are over. */
  clearExpired(limits: {
    readonly idleSince: string;
    readonly createdSince: string;
    readonly now: string;
  }): Promise<void>;

  addApiKey(key: NewApiKey, entry: AuditEntry): Promise<void>;
  findApiKey(id: string): Promise<ApiKey | null>;
  /** Newest first, revoked ones included. */
  listApiKeys(): Promise<readonly ApiKey[]>;
  revokeApiKey(id: string, at: string, entry: AuditEntry): Promise<boolean>;
  noteApiKeyUsed(id: string, at: string): Promise<void>;

  /** Notes a guess before it is judged, so that guesses side by side count each other. Both are hashes. */
  noteAttempt(account: string, address: string, now: Date): Promise<NotedAttempt>;
  /** For a guess that was not let through: who has to wait does not wait longer for asking. */
  dropAttempt(number: number): Promise<void>;
  /** The guess was right: forgets the guesses from this address and knows the address from now on. */
  noteSuccess(account: string, address: string, userId: string, at: string): Promise<void>;

  addProviderVisit(visit: ProviderVisit): Promise<void>;
  /** Uses it up; null when it is used, expired or was never begun. */
  takeProviderVisit(stateHash: string, now: string): Promise<ProviderVisit | null>;
}
