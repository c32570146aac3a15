// How many tasks of ours each owner has: those still open, and those made on the day of the run. Limits nothing itself.
import { textOf } from '#domain/record/text-of.ts';
import type { OwnerLoad } from '#domain/task/limit-tasks.ts';
import type { Store } from '#ports/store.ts';

/** Far more runs than a day has. */
const RUNS_LOOKED_AT = 200;

/** @param today day of the run's as-of, `YYYY-MM-DD` */
export async function ownerLoads(
  store: Store,
  connection: string,
  today: string,
): Promise<ReadonlyMap<string, OwnerLoad>> {
  const keysOfToday = await taskKeysOf(store, connection, today);
  const loads = new Map<string, OwnerLoad>();
  for await (const task of store.records.stream({ connection, object: 'task', withDeleted: true })) {
    const owner = textOf(task.fields, 'ownerId');
    if (owner === null) continue;
    const load = loads.get(owner) ?? { open: 0, newToday: 0 };
    const isOpen = !task.deleted && task.fields['status'] !== 'done';
    const isOfToday = keysOfToday.has(textOf(task.fields, 'taskKey') ?? '');
    loads.set(owner, { open: load.open + Number(isOpen), newToday: load.newToday + Number(isOfToday) });
  }
  return loads;
}

/** Of runs as of that day, crashed ones included: what they sent and the CRM shows was made, whatever we heard of it. */
async function taskKeysOf(store: Store, connection: string, today: string): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for (const { id, mode, asOf } of await store.runs.list(RUNS_LOOKED_AT)) {
    if (mode === 'dry-run' || asOf.slice(0, 10) !== today) continue;
    for (const status of ['written', 'sent'] as const) {
      const query = { run: id, connection, object: 'task', verb: 'create', status } as const;
      for await (const { idempotencyKey } of store.plans.stream(query))
        if (idempotencyKey !== null) keys.add(idempotencyKey);
    }
  }
  return keys;
}
