// Updates that an interrupted run sent without hearing the end: what the CRM holds now tells whether they arrived. Those that
// did are ours in the ledger too; else our own value would later look like a person's edit.
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { Json, RunRecord, SettledChange, Store, StoredChange } from '#ports/store.ts';
import { FACTS_FIELD } from './plan/facts-field.ts';

/** Older ones were settled by the runs since. */
const RUNS_LOOKED_AT = 20;
const CHUNK = 500;

/** Call after the pull. Creates stay `sent`: their keys are looked up when they are planned again. */
export async function settleDoubts(store: Store): Promise<number> {
  let settled = 0;
  for (const run of await store.runs.list(RUNS_LOOKED_AT)) {
    if (!mayHaveDoubts(run)) continue;
    for (const verb of ['update', 'close'] as const) {
      let chunk: StoredChange[] = [];
      for await (const change of store.plans.stream({ run: run.id, verb, status: 'sent' })) {
        chunk.push(change);
        if (chunk.length < CHUNK) continue;
        settled += await settleChunk(store, run.id, chunk);
        chunk = [];
      }
      settled += await settleChunk(store, run.id, chunk);
    }
  }
  return settled;
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
