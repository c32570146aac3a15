// Reads a plan in its order, page by page. Not one long cursor: sending a plan takes as long as the CRM lets it, hours at times,
// and outcomes are stored meanwhile; a page holds no connection and no old row versions.
import { sql } from 'kysely';
import type { ChangeQuery, StoredChange } from '#ports/store.ts';
import type { Database } from '../database.ts';
import { matchesQuery, storedChangeColumns, toStoredChange } from './change-row.ts';

const rowsPerPage = 1_000;

export async function* streamChanges(
  db: Database['db'],
  query: ChangeQuery,
): AsyncGenerator<StoredChange, void> {
  let after = query.after ?? null;
  for (;;) {
    let select = db
      .selectFrom('changes')
      .select(storedChangeColumns)
      .where(matchesQuery(query))
      .orderBy('connection')
      .orderBy('object')
      .orderBy('account_order')
      .orderBy('id')
      .limit(rowsPerPage);
    if (after !== null) {
      const { connection, object, accountId, id } = after;
      select = select.where(
        sql<boolean>`(connection, object, account_order, id) > (${connection}, ${object}, ${accountId ?? ''}, ${id})`,
      );
    }
    const changes: readonly StoredChange[] = (await select.execute()).map(toStoredChange);
    yield* changes;
    if (changes.length < rowsPerPage) return;
    after = changes.at(-1) ?? null;
  }
}
