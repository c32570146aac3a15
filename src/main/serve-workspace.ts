// `serve`: wires store, queue, worker, people and HTTP for one workspace, and takes them apart again in the opposite order.
import type { ServeOptions, ServiceReady } from '#cli/services.ts';
import { REQUEST_LIMITS } from '#http/answer/request-limits.ts';
import { startService } from '#http/start-service.ts';
import { createRunQueue } from '#jobs/create-run-queue.ts';
import { openQueueBackend } from '#jobs/queue-backend.ts';
import { firstAdminLink } from '#people/invite.ts';
import { createPasswords } from '#people/passwords.ts';
import { createProviderSignIn } from '#people/provider/provider-sign-in.ts';
import { signInLink } from '#people/sign-in-link.ts';
import { openLiveSession } from './live-session.ts';
import { openWorkspaceStore, type SessionParts } from './open-session.ts';
import { readHubspotWebhooks } from './read-webhooks.ts';
import { startWorkspaceWorker } from './start-workspace-worker.ts';

/** Short jobs at once: a look for changes goes on while a schedule's moment comes. */
const WORKER_CONCURRENCY = 2;

/** Resolves when `until` has and everything is closed. */
export async function serveWorkspace(
  parts: SessionParts & { readonly version: string; readonly readParts: () => SessionParts },
  { host, port, orAnyPort = false }: ServeOptions,
  until: Promise<void>,
  ready: (service: ServiceReady) => void,
): Promise<void> {
  const { workspace, clock, log } = parts;
  const { service } = workspace;
  const store = await openWorkspaceStore(parts);
  try {
    const { databaseUrl, workspaceId, touched } = store;
    const redisUrl = workspace.redis === '' ? null : workspace.redis;
    const backend = await openQueueBackend({ databaseUrl, redisUrl, workspaceId, log });
    const queue = createRunQueue({ backend, touched, clock, log });
    // The image of one process: it answers, and it works.
    const worker = await startWorkspaceWorker({
      store,
      backend,
      concurrency: WORKER_CONCURRENCY,
      readParts: parts.readParts,
    });
    try {
      const session = await openLiveSession(store, parts.readParts);
      try {
        const people = { store: store.people, clock, passwords: createPasswords() };
        const running = await startService(
          {
            session,
            log,
            queue,
            people,
            provider: service.oidc === undefined ? null : createProviderSignIn(people, service.oidc),
            webhooks: readHubspotWebhooks(workspace.connections),
            settings: {
              publicUrl: service.publicUrl ?? null,
              trustProxy: service.trustProxy,
              metrics: service.metrics,
              limits: REQUEST_LIMITS,
            },
            version: parts.version,
          },
          { host, port, orAnyPort },
        );
        try {
          const token = await firstAdminLink(people);
          const origin = service.publicUrl ?? running.url;
          ready({ url: running.url, firstAdminLink: token === null ? null : signInLink(origin, token) });
          await until;
        } finally {
          await running.close();
        }
      } finally {
        await session.close();
      }
    } finally {
      await worker.stop();
      await queue.close();
      await backend.close();
    }
  } finally {
    await store.close();
  }
}
