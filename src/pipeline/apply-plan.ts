// The write-back step for one connection: sends the planned changes and stores one outcome for each. What is in doubt is on
// record before it is sent; the ledger learns only what the CRM confirmed.
import type { PlannedVerb } from '#domain/plan/planned-change.ts';
import type { CrmObject } from '#domain/record/objects.ts';
import { writeValue } from '#mapping/fields/write-value.ts';
import type { ChangeOutcome, ChangeVerb, CrmChange, CrmValue, OwnWrites } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { Progress } from '#ports/progress.ts';
import type { SettledChange, Store, StoredChange } from '#ports/store.ts';
import type { ConnectedCrm, LiveObject, LiveObjects } from './connected-crm.ts';

export interface ApplyParts {
  readonly store: Store;
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Accounts first: what hangs on them may depend on their new values; tasks last, when all they speak of is true. */
const ORDER: readonly { readonly object: CrmObject; readonly verb: PlannedVerb; readonly as: ChangeVerb }[] =
  [
    { object: 'account', verb: 'update', as: 'update' },
    { object: 'contact', verb: 'update', as: 'update' },
    { object: 'lead', verb: 'update', as: 'update' },
    { object: 'program', verb: 'update', as: 'update' },
    { object: 'program', verb: 'create', as: 'create' },
    { object: 'task', verb: 'close', as: 'update' },
    { object: 'task', verb: 'create', as: 'create' },
  ];

export async function applyPlan(
  parts: ApplyParts,
  run: string,
  connected: ConnectedCrm,
  objects: LiveObjects,
): Promise<void> {
  for (const { object, verb, as } of ORDER) {
    const live = objects.get(object);
    const query = { run, connection: connected.id, object, verb, status: 'planned' } as const;
    const total = await parts.store.plans.count(query);
    if (total === 0) continue;
    if (live === undefined) {
      throw new Error(`changes of ${object} were planned for ${connected.id}, which has no such object`);
    }
    await applyGroup(parts, run, connected, live, as, parts.store.plans.stream(query), total);
  }
}

async function applyGroup(
  parts: ApplyParts,
  run: string,
  connected: ConnectedCrm,
  live: LiveObject,
  verb: ChangeVerb,
  changes: AsyncIterable<StoredChange>,
  total: number,
): Promise<void> {
  const { store } = parts;
  const stretch = createStretch();
  let done = 0;
  const outcomes = connected.crm.apply({
    object: live.object,
    crmObject: live.mapping.crmObject,
    verb,
    changes: toCrmChanges(changes, live),
    total,
    beforeSend: (ids) => store.plans.markSent(run, ids),
    signal: parts.signal,
  });
  try {
    for await (const batch of outcomes) {
      const earliest = earliestStamp(batch);
      await store.plans.settle(
        run,
        batch.map((outcome) => toSettled(outcome, earliest)),
      );
      for (const outcome of batch) if (outcome.status === 'written') stretch.add(outcome.writtenAt);
      for (const moved of batch) {
        if (moved.status === 'failed' && moved.movedTo !== undefined) {
          parts.log.info('A record was merged in the CRM; its change waits for the next run', {
            connection: connected.id,
            object: live.object,
            into: moved.movedTo,
          });
        }
      }
      done += batch.length;
      parts.progress.report(`${connected.id}: ${verb} ${live.object}`, done, total);
    }
  } finally {
    const written = stretch.end();
    if (written !== null) await store.pulls.addOwnWrites(connected.id, live.object, written);
  }
}

async function* toCrmChanges(
  changes: AsyncIterable<StoredChange>,
  live: LiveObject,
): AsyncGenerator<CrmChange, void> {
  const keyName = live.object === 'task' ? 'taskKey' : 'programKey';
  const keyField = live.mapping.fields.get(keyName)?.crm;
  for await (const change of changes) {
    const fields: Record<string, CrmValue> = {};
    for (const { field, after } of change.fields) {
      const mapping = live.mapping.fields.get(field);
      // What the mapping only reads (an association) is not a field of the record; `accountId` carries it.
      if (mapping === undefined || mapping.write === 'never') continue;
      fields[mapping.crm] = writeValue(mapping, after, live.schema.fields.get(mapping.crm));
    }
    yield {
      changeId: change.id,
      recordId: change.recordId,
      fields,
      accountId: change.accountId,
      ...(change.idempotencyKey === null || keyField === undefined
        ? {}
        : { idempotency: { field: keyField, value: change.idempotencyKey } }),
      ...(change.inDoubt ? { inDoubt: true } : {}),
    };
  }
}

/**
 * A CRM that does not tell the stamps of a batch has them estimated. Our copy takes the earliest: with a later one a person's
 * edit of the next second would look older than what we wrote, and never be read.
 */
function earliestStamp(batch: readonly ChangeOutcome[]): string | null {
  let earliest: string | null = null;
  for (const outcome of batch) {
    if (outcome.status !== 'written' || outcome.writtenAt === null) continue;
    if (earliest === null || outcome.writtenAt < earliest) earliest = outcome.writtenAt;
  }
  return earliest;
}

function toSettled(outcome: ChangeOutcome, earliest: string | null): SettledChange {
  if (outcome.status === 'written') {
    const { changeId, recordId, writtenAt } = outcome;
    return { changeId, status: 'written', recordId, writtenAt: writtenAt === null ? null : earliest };
  }
  return { changeId: outcome.changeId, status: 'failed', error: outcome.error };
}

/** Collects the CRM's stamps of our own writes into one stretch. */
function createStretch() {
  let from: string | null = null;
  let to: string | null = null;
  let rows = 0;
  return {
    add(writtenAt: string | null): void {
      if (writtenAt === null) return;
      if (from === null || writtenAt < from) from = writtenAt;
      if (to === null || writtenAt > to) to = writtenAt;
      rows += 1;
    },
    end(): OwnWrites | null {
      return from === null || to === null ? null : { from, to, rows };
    },
  };
}
