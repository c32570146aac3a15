// Counts the transactions that changed what company matching reads. Keys are stale while the count is ahead of the one that the
// last assignment had seen.
import type { ClientBase } from 'pg';

/** Last in a transaction: until its commit, others that count wait. */
export async function noteMatchChange(client: ClientBase): Promise<void> {
  await client.query('update tierline.key_state set match_changes = match_changes + 1');
}
