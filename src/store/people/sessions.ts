// Sessions by the hash of their id, and what is cleared away when it is over.
import type { Pool } from 'pg';
import { ACCOUNT_WINDOW_MS } from '#domain/access/judge-attempt.ts';
import type { PeopleStore, StoredSession } from '#ports/people.ts';
import { inTransaction } from '../transaction.ts';

type SessionStore = Pick<
  PeopleStore,
  'addSession' | 'findSession' | 'noteSessionSeen' | 'endSession' | 'clearExpired'
>;

export function createSessionStore(pool: Pool): SessionStore {
  return {
    addSession: ({ idHash, userId, createdAt }) =>
      inTransaction(pool, async (client) => {
        await client.query(
          'insert into tierline.sessions (id_hash, user_id, created_at, seen_at) values ($1, $2, $3, $3)',
          [idHash, userId, createdAt],
        );
        await client.query('update tierline.users set signed_in_at = $2 where id = $1', [userId, createdAt]);
      }),

    async findSession(idHash) {
      const { rows } = await pool.query<StoredSession>(
        `select s.id_hash as "idHash", s.user_id as "userId", s.created_at as "createdAt", s.seen_at as "seenAt",
                u.email, u.role
           from tierline.sessions s join tierline.users u on u.id = s.user_id
          where s.id_hash = $1`,
        [idHash],
      );
      return rows[0] ?? null;
    },

    async noteSessionSeen(idHash, at) {
      await pool.query('update tierline.sessions set seen_at = $2 where id_hash = $1', [idHash, at]);
    },

    async endSession(idHash) {
      await pool.query('delete from tierline.sessions where id_hash = $1', [idHash]);
    },

    async clearExpired({ idleSince, createdSince, now }) {
      await pool.query('delete from tierline.sessions where seen_at < $1 or created_at < $2', [
        idleSince,
        createdSince,
      ]);
      await pool.query('delete from tierline.one_time_links where expires_at <= $1', [now]);
      await pool.query('delete from tierline.provider_visits where expires_at <= $1', [now]);
      await pool.query('delete from tierline.sign_in_attempts where at < $1', [
        new Date(Date.parse(now) - ACCOUNT_WINDOW_MS).toISOString(),
      ]);
    },
  };
}
