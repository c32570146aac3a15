// Sends a stream of changes in batches, a few at once, and gives every finished row its outcome even when the connection
// then fails: what is under way is waited for before the failure is thrown.
import { throwIfInterrupted } from '#connectors/calls/with-deadline.ts';
import type { ApplyRequest, ChangeOutcome, CrmChange } from '#ports/crm.ts';
import type { Portal } from '../call/portal.ts';
import { findObjectType } from '../object-types.ts';
import { BATCH_ROWS } from '../options.ts';
import { inBatches } from './in-batches.ts';
import { isolateRefusals } from './isolate.ts';
import { writeCreates } from './write-creates.ts';
import { writeDeletes } from './write-deletes.ts';
import { writeUpdates } from './write-updates.ts';

interface Finished {
  readonly batch: readonly CrmChange[];
  readonly outcomes: readonly ChangeOutcome[];
  readonly failure: Failure | null;
}

interface Failure {
  readonly error: unknown;
}

export async function* applyToHubspot(
  portal: Portal,
  request: ApplyRequest,
  random: () => number,
): AsyncGenerator<readonly ChangeOutcome[], void> {
  const { beforeSend, signal } = request;
  const batches = inBatches(request.changes, BATCH_ROWS);
  const running = new Map<readonly CrmChange[], Promise<Finished>>();
  let upcoming = await nextBatch(batches);
  let failure: Failure | null = upcoming.failure;

  for (;;) {
    while (failure === null && upcoming.batch !== null && hasRoom(portal, running, upcoming.batch)) {
      const { batch } = upcoming;
      try {
        throwIfInterrupted(signal);
        await beforeSend(batch.map(({ changeId }) => changeId));
        running.set(batch, finish(portal, request, batch, random));
        upcoming = await nextBatch(batches);
        ({ failure } = upcoming);
      } catch (error) {
        failure = { error };
      }
    }
    if (running.size === 0) break;
    const finished = await Promise.race(running.values());
    running.delete(finished.batch);
    failure ??= finished.failure;
    if (finished.outcomes.length > 0) yield finished.outcomes;
  }
  if (failure !== null) throw failure.error;
}

// Two changes of one record must arrive in their order, so the second waits for the first.
const hasRoom = (
  portal: Portal,
  running: ReadonlyMap<readonly CrmChange[], unknown>,
  batch: readonly CrmChange[],
): boolean => {
  if (running.size >= portal.timings.writesAtOnce) return false;
  const ids = new Set(batch.map(({ recordId }) => recordId));
  return ![...running.keys()].flat().some(({ recordId }) => recordId !== null && ids.has(recordId));
};

const nextBatch = async (
  batches: AsyncGenerator<readonly CrmChange[], void>,
): Promise<{ readonly batch: readonly CrmChange[] | null; readonly failure: Failure | null }> => {
  try {
    const next = await batches.next();
    return { batch: next.done === true ? null : next.value, failure: null };
  } catch (error) {
    return { batch: null, failure: { error } };
  }
};

const finish = async (
  portal: Portal,
  request: ApplyRequest,
  batch: readonly CrmChange[],
  random: () => number,
): Promise<Finished> => {
  const outcomes: ChangeOutcome[] = [];
  try {
    for await (const some of sendBatch(portal, request, batch, random)) outcomes.push(...some);
    return { batch, outcomes, failure: null };
  } catch (error) {
    return { batch, outcomes, failure: { error } };
  }
};

const sendBatch = (
  portal: Portal,
  { crmObject, verb, signal }: ApplyRequest,
  batch: readonly CrmChange[],
  random: () => number,
): AsyncIterable<readonly ChangeOutcome[]> => {
  const type = findObjectType(crmObject);
  switch (verb) {
    case 'create':
      return writeCreates({ portal, type, random, signal }, batch);
    case 'update':
      return isolateRefusals(batch, (part) => writeUpdates(portal, type, part, signal));
    case 'delete':
      return isolateRefusals(batch, (part) => writeDeletes(portal, type, part, signal));
  }
};
