// Guesses of passwords, counted by account and address. Holds hashes of both.
import type { Pool } from 'pg';
import { ACCOUNT_WINDOW_MS, PAIR_WINDOW_MS } from '#domain/access/judge-attempt.ts';
import type { PeopleStore } from '#ports/people.ts';
import { inTransaction } from '../transaction.ts';

type AttemptStore = Pick<PeopleStore, 'noteAttempt' | 'dropAttempt' | 'noteSuccess'>;

export function createAttemptStore(pool: Pool): AttemptStore {
  return {
    async noteAttempt(account, address, now) {
      // Two statements: the guess is there for all to count before it is counted here.
      const inserted = await pool.query<{ number: number }>(
        'insert into tierline.sign_in_attempts (account, address, at) values ($1, $2, $3) returning number',
        [account, address, now.toISOString()],
      );
      const { rows } = await pool.query<{ here: number; anywhere: number; known: boolean }>(
        `select count(*) filter (where address = $2 and at > $3) as here,
                count(*) as anywhere,
                exists (select from tierline.known_addresses k where k.account = $1 and k.address = $2) as known
           from tierline.sign_in_attempts
          where account = $1 and at > $4`,
        [account, address, before(now, PAIR_WINDOW_MS), before(now, ACCOUNT_WINDOW_MS)],
      );
      const [row] = rows;
      return {
        number: inserted.rows[0]?.number ?? 0,
        fromHere: row?.here ?? 1,
        fromAnywhere: row?.anywhere ?? 1,
        knownAddress: row?.known ?? false,
      };
    },

    async dropAttempt(number) {
      await pool.query('delete from tierline.sign_in_attempts where number = $1', [number]);
    },

    noteSuccess: (account, address, userId, at) =>
      inTransaction(pool, async (client) => {
        await client.query('delete from tierline.sign_in_attempts where account = $1 and address = $2', [
          account,
          address,
        ]);
        await client.query(
          `insert into tierline.known_addresses (user_id, account, address, at) values ($1, $2, $3, $4)
           on conflict (user_id, address) do update set at = excluded.at`,
          [userId, account, address, at],
        );
      }),
  };
}

function before(now: Date, ms: number): string {
  return new Date(now.getTime() - ms).toISOString();
}
