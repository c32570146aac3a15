// Updates that an interrupted run sent without hearing the end: what the CRM holds now tells whether they arrived. Those that
// did are ours in the ledger too; else our own value would later look like a person's edit.
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { Json, RunRecord, SettledChange, Store, StoredChange } from '#ports/store.ts';
import { FACTS_FIELD } from './plan/facts-field.ts';

/** Older ones were settled by the runs since; a CRM may be away for a day of runs each minute, which make no plan for it. */
const RUNS_LOOKED_AT = 200;
const CHUNK = 500;

/**
 * Creates stay `sent`: their keys are looked up when they are planned again.
 * @param connections those that this run has read since: of the others our copy says nothing about what arrived
 */
export async function settleDoubts(store: Store, connections: readonly string[]): Promise<number> {
  let settled = 0;
  for (const run of await runsInDoubt(store)) {
    for (const connection of connections) {
      for (const verb of UPDATES) {
        let chunk: StoredChange[] = [];
        for await (const change of store.plans.stream({ run, connection, verb, status: 'sent' })) {
          chunk.push(change);
          if (chunk.length < CHUNK) continue;
          settled += await settleChunk(store, run, chunk);
          chunk = [];
        }
        settled += await settleChunk(store, run, chunk);
      }
    }
  }
  return settled;
}

/** Whether anything waits to be settled: then what a CRM holds now has to be read before anything is planned. */
export async function hasDoubts(store: Store): Promise<boolean> {
  for (const run of await runsInDoubt(store))
    for (const verb of UPDATES) if ((await store.plans.count({ run, verb, status: 'sent' })) > 0) return true;
  return false;
}

const UPDATES = ['update', 'close'] as const;

async function runsInDoubt(store: Store): Promise<readonly string[]> {
  const runs = await store.runs.list(RUNS_LOOKED_AT);
  return runs.filter(mayHaveDoubts).map(({ id }) => id);
}

function mayHaveDoubts({
  status,
  report,
}: {
  readonly status: RunRecord['status'];
  readonly report: Json | null;
}): boolean {
  return status === 'interrupted' || status === 'failed' || status === 'stopped' || report === null;
}

async function settleChunk(store: Store, run: string, chunk: readonly StoredChange[]): Promise<number> {
  const outcomes: SettledChange[] = [];
  for (const { connection, object } of distinctTables(chunk)) {
    const changes = chunk.filter((change) => change.connection === connection && change.object === object);
    const live = new Map<string, CanonicalFields>();
    const ids = changes.flatMap((change) => change.recordId ?? []);
    for await (const record of store.records.stream({ connection, object, ids }))
      live.set(record.id, record.fields);
    for (const change of changes) outcomes.push(outcomeOf(change, live.get(change.recordId ?? '')));
  }
  if (outcomes.length > 0) await store.plans.settle(run, outcomes);
  return outcomes.length;
}

function distinctTables(chunk: readonly StoredChange[]) {
  return [...new Map(chunk.map((change) => [`${change.connection}\n${change.object}`, change])).values()];
}

function outcomeOf(change: StoredChange, live: CanonicalFields | undefined): SettledChange {
  const arrived =
    live !== undefined &&
    change.fields.every(
      ({ field, after }) => field === FACTS_FIELD || isSameValue(live[field] ?? null, after),
    );
  if (arrived && change.recordId !== null) {
    return { changeId: change.id, status: 'written', recordId: change.recordId, writtenAt: null };
  }
  return {
    changeId: change.id,
    status: 'failed',
    error: {
      code: 'interrupted',
      message: 'the run ended before the CRM answered, and the CRM does not hold the change',
      field: null,
      retry: 'later',
      next: 'Nothing to do: the next run plans it again.',
    },
  };
}
