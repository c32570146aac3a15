// The people store: its parts, each over the same pool.
import type { Pool } from 'pg';
import type { PeopleStore } from '#ports/people.ts';
import { createApiKeyStore } from './api-keys.ts';
import { createAttemptStore } from './attempts.ts';
import { createLinkStore } from './links.ts';
import { createSessionStore } from './sessions.ts';
import { createUserStore } from './users.ts';

export function createPeopleStore(pool: Pool): PeopleStore {
  return {
    ...createUserStore(pool),
    ...createLinkStore(pool),
    ...createSessionStore(pool),
    ...createApiKeyStore(pool),
    ...createAttemptStore(pool),
  };
}
