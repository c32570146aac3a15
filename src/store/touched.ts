// Keeps which records were reported as changed until a run has looked at them, and where the polls that report them go on.
import type { TouchedStore } from '#ports/store.ts';
import type { Database } from './database.ts';

export function createTouchedStore({ db, pool, clock }: Database): TouchedStore {
  return {
    async add(records) {
      // In one order, so that two reports of the same records cannot wait for each other.
      await pool.query(
        `insert into tierline.touched_records (connection, object, id)
         select distinct * from unnest($1::text[], $2::text[], $3::text[]) as t (connection, object, id)
          order by 1, 2, 3
         on conflict (connection, object, id) do update set number = nextval('tierline.touched_number')`,
        [
          records.map(({ connection }) => connection),
          records.map(({ object }) => object),
          records.map(({ id }) => id),
        ],
      );
    },

    async list() {
      return await db
        .selectFrom('touched_records')
        .select(['connection', 'object', 'id', 'number'])
        .orderBy('number')
        .execute();
    },

    async remove(touches) {
      await pool.query(
        `delete from tierline.touched_records t
          using unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) as seen (connection, object, id, number)
          where t.connection = seen.connection and t.object = seen.object and t.id = seen.id and t.number = seen.number`,
        [
          touches.map(({ connection }) => connection),
          touches.map(({ object }) => object),
          touches.map(({ id }) => id),
          touches.map(({ number }) => number),
        ],
      );
    },

    async lastPoll(connection, object) {
      const row = await db
        .selectFrom('poll_cursors')
        .select(['cursor', 'polled_at as polledAt'])
        .where('connection', '=', connection)
        .where('object', '=', object)
        .executeTakeFirst();
      return row ?? null;
    },

    async movePollCursor(connection, object, cursor) {
      const polledAt = clock.now().toISOString();
      await db
        .insertInto('poll_cursors')
        .values({ connection, object, cursor, polled_at: polledAt })
        .onConflict((conflict) =>
          conflict.columns(['connection', 'object']).doUpdateSet({ cursor, polled_at: polledAt }),
        )
        .execute();
    },
  };
}
