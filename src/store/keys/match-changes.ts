// Counts the transactions that changed what company matching reads, and lists the records they changed. Keys are stale while the
// count is ahead of the one that the last assignment had seen.
import type { ClientBase } from 'pg';

/** Last in a transaction: until its commit, others that count wait. What it changed is listed before. */
export async function noteMatchChange(client: ClientBase): Promise<void> {
  await client.query(
    'update tierline.key_state set match_changes = match_changes + 1, listed_changes = listed_changes + 1',
  );
}

/** Part of a `with`: lists what a query of (connection, object, id) names, if there is a memory that has to learn of it. */
export function listMatchChanges(query: string): string {
  return `
    insert into tierline.match_changes (connection, object, id)
    select connection, object, id from (${query}) changed
     where exists (select from tierline.key_state where memory_version is not null)`;
}
