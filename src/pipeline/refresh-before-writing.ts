// When reading and planning took long, what people did meanwhile is read before anything is written over it.
import type { CrmObject } from '#domain/record/objects.ts';
import type { LiveObject, LiveObjects } from './connected-crm.ts';
import type { ConnectionRun } from './connection-run.ts';
import { pullConnection } from './pull-connection.ts';
import type { Session } from './session.ts';
import { skipStaleChanges } from './skip-stale-changes.ts';

/** A pull this young is as good as live: one more read call an object is not worth it. */
const FRESH_FOR_MS = 90_000;

/** Changes whose live value moved are skipped (`plan_stale`); the next run plans them again. Returns how many. */
export async function refreshBeforeWriting(
  session: Session,
  run: string,
  { connected, pulledAt }: ConnectionRun,
  objects: LiveObjects,
): Promise<number> {
  const ageMs = session.clock.now().getTime() - pulledAt.getTime();
  if (ageMs <= FRESH_FOR_MS) return 0;
  const planned = new Map<CrmObject, LiveObject>();
  for (const [object, live] of objects) {
    const query = { run, connection: connected.id, object, status: 'planned' } as const;
    if ((await session.store.plans.count(query)) > 0) planned.set(object, live);
  }
  if (planned.size === 0) return 0;
  await pullConnection(session, run, connected, planned, false);
  return skipStaleChanges(session.store, run, connected.id);
}
