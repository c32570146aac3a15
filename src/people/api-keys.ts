// API keys for programs: `tl.<id>.<secret>`. Shown once, kept as a hash, good for one role until they expire or are revoked.
import type { AccessRole } from '#domain/access/access-role.ts';
import { NOTE_EVERY_MS } from '#domain/access/session-life.ts';
import type { Author } from '#ports/audit.ts';
import type { ApiKey, NewApiKey } from '#ports/people.ts';
import type { Json } from '#ports/store.ts';
import { auditEntry, type PeopleParts } from './people-parts.ts';
import { hashSecret, isSameSecret, newId, newSecret } from './secret-text.ts';

const KEY = /^tl\.(?<id>k_[\w-]+)\.(?<secret>[\w-]+)$/u;

export interface MadeKey {
  readonly key: NewApiKey;
  /** The whole key; nobody can show it again. */
  readonly text: string;
}

export async function makeApiKey(
  { store, clock }: PeopleParts,
  wanted: { readonly name: string; readonly role: AccessRole; readonly expiresAt: string | null },
  author: Author,
): Promise<MadeKey> {
  const secret = newSecret();
  const key: NewApiKey = {
    id: newId('k'),
    secretHash: hashSecret(secret),
    ...wanted,
    createdAt: clock.now().toISOString(),
    createdBy: author.id,
  };
  const change = { action: 'api-key.add', subject: `api-key:${key.id}`, before: null, after: audited(key) };
  await store.addApiKey(key, auditEntry(clock, author, change));
  return { key, text: `tl.${key.id}.${secret}` };
}

/** Null: no such key, a wrong secret, revoked or expired; who called need not know which. */
export async function findLiveApiKey({ store, clock }: PeopleParts, text: string): Promise<ApiKey | null> {
  const { id = '', secret = '' } = KEY.exec(text)?.groups ?? {};
  const key = id === '' ? null : await store.findApiKey(id);
  if (key === null || !isSameSecret(hashSecret(secret), key.secretHash)) return null;
  const now = clock.now();
  if (key.revokedAt !== null) return null;
  if (key.expiresAt !== null && Date.parse(key.expiresAt) <= now.getTime()) return null;
  if (key.lastUsedAt === null || now.getTime() - Date.parse(key.lastUsedAt) > NOTE_EVERY_MS) {
    await store.noteApiKeyUsed(key.id, now.toISOString());
  }
  return key;
}

/** False: no such key, or revoked before. */
export async function revokeApiKey(
  { store, clock }: PeopleParts,
  id: string,
  author: Author,
): Promise<boolean> {
  const key = await store.findApiKey(id);
  if (key === null) return false;
  const change = { action: 'api-key.revoke', subject: `api-key:${id}`, before: audited(key), after: null };
  return store.revokeApiKey(id, clock.now().toISOString(), auditEntry(clock, author, change));
}

function audited({ name, role, expiresAt }: NewApiKey): Json {
  return { name, role, expiresAt };
}
