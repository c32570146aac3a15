// Before a plan made earlier is sent: a change whose live value is no longer what the plan showed is not sent.
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { SettledChange, Store, StoredChange } from '#ports/store.ts';
import { FACTS_FIELD } from './plan/facts-field.ts';
import { keyStatesOf, type ObjectWithKey } from './plan/key-states.ts';

const CHUNK = 500;

/** Settles stale changes of one connection as skipped, code `plan_stale`; returns how many. */
export async function skipStaleChanges(store: Store, run: string, connection: string): Promise<number> {
  let skipped = 0;
  let chunk: StoredChange[] = [];
  for await (const change of store.plans.stream({ run, connection, status: 'planned' })) {
    if (change.recordId === null) continue;
    chunk.push(change);
    if (chunk.length === CHUNK) {
      skipped += await skipChunk(store, run, chunk);
      chunk = [];
    }
  }
  return skipped + (await skipChunk(store, run, chunk));
}

async function skipChunk(store: Store, run: string, chunk: readonly StoredChange[]): Promise<number> {
  const stale: SettledChange[] = [];
  for (const object of new Set(chunk.map((change) => change.object))) {
    const changes = chunk.filter((change) => change.object === object);
    const live = new Map<string, Readonly<Record<string, CanonicalValue>>>();
    const ids = changes.flatMap((change) => change.recordId ?? []);
    const connection = changes[0]?.connection;
    if (connection === undefined) continue;
    for await (const record of store.records.stream({ connection, object, ids }))
      live.set(record.id, record.fields);
    for (const change of changes) {
      const moved = whatMoved(change, live.get(change.recordId ?? ''));
      if (moved !== null) stale.push(staleChange(change, moved));
    }
  }
  if (stale.length > 0) await store.plans.settle(run, stale);
  return stale.length;
}

function whatMoved(
  change: StoredChange,
  live: Readonly<Record<string, CanonicalValue>> | undefined,
): string | null {
  if (live === undefined) return 'the record';
  const field = change.fields.find(
    ({ field: name, now }) => name !== FACTS_FIELD && !isSameValue(live[name] ?? null, now),
  );
  return field?.field ?? null;
}

function staleChange(change: StoredChange, moved: string): SettledChange {
  return {
    changeId: change.id,
    status: 'skipped',
    error: {
      code: 'plan_stale',
      message: `${moved} changed in the CRM after the plan was made`,
      field: moved === 'the record' ? null : moved,
      retry: 'later',
      next: 'The next sync plans it again from what the CRM holds now.',
    },
  };
}

/**
 * Settles creates whose key was used since the plan was made as skipped: the record stands already, or may. A create that the
 * plan itself left in doubt is sent; the connector looks before it does. Returns how many were skipped.
 */
export async function skipUsedCreates(store: Store, run: string, connection: string): Promise<number> {
  const creates = new Map<string, StoredChange[]>();
  let skipped = 0;
  const settle = async () => {
    const used = await findUsed(store, creates);
    if (used.length > 0) await store.plans.settle(run, used.map(usedCreate));
    skipped += used.length;
    creates.clear();
  };
  for await (const change of store.plans.stream({ run, connection, verb: 'create', status: 'planned' })) {
    if (change.inDoubt) continue;
    const others = creates.get(change.companyKey);
    if (others === undefined) creates.set(change.companyKey, [change]);
    else others.push(change);
    if (creates.size === CHUNK) await settle();
  }
  await settle();
  return skipped;
}

async function findUsed(
  store: Store,
  creates: ReadonlyMap<string, readonly StoredChange[]>,
): Promise<readonly StoredChange[]> {
  if (creates.size === 0) return [];
  const used: StoredChange[] = [];
  for await (const dossier of store.dossiers.stream({ keys: [...creates.keys()] })) {
    const keyState = keyStatesOf(dossier);
    for (const change of creates.get(dossier.companyKey) ?? []) {
      const key = change.idempotencyKey;
      if (key !== null && keyState(change.object as ObjectWithKey, key) !== 'free') used.push(change);
    }
  }
  return used;
}

function usedCreate(change: StoredChange): SettledChange {
  return {
    changeId: change.id,
    status: 'skipped',
    error: {
      code: 'plan_stale',
      message: `the ${change.object} was made after the plan was`,
      field: null,
      retry: 'never',
      next: 'Nothing to do: a key is used once, so that nothing is made twice.',
    },
  };
}
