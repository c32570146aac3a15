// `worker`: opens store and queue of a workspace, takes jobs until it is stopped, and closes them in the opposite order.
import { openQueueBackend } from '#jobs/queue-backend.ts';
import { openWorkspaceStore, type SessionParts } from './open-session.ts';
import { startWorkspaceWorker } from './start-workspace-worker.ts';

/** Resolves when `until` has, the batch in hand is stored and everything is closed. */
export async function workOnWorkspace(
  readParts: () => SessionParts,
  concurrency: number,
  until: Promise<void>,
  ready: () => void,
): Promise<void> {
  const parts = readParts();
  const { workspace, log } = parts;
  const store = await openWorkspaceStore(parts);
  try {
    const { databaseUrl, workspaceId } = store;
    const redisUrl = workspace.redis === '' ? null : workspace.redis;
    const backend = await openQueueBackend({ databaseUrl, redisUrl, workspaceId, log });
    try {
      const worker = await startWorkspaceWorker({ store, backend, concurrency, readParts });
      ready();
      await until;
      await worker.stop();
    } finally {
      await backend.close();
    }
  } finally {
    await store.close();
  }
}
