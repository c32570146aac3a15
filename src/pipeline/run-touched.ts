// A run of what was reported as changed, and of nothing else: the touched records are read by their ids, the companies they belong
// to are read whole, scored, planned and written. New rows of event sources count as a report about their companies.
import type { CrmObject } from '#domain/record/objects.ts';
import type { StoredTouch, TouchedRecord } from '#ports/store.ts';
import type { ConnectedCrm } from './connected-crm.ts';
import { type ConnectionRun, readOf } from './connection-run.ts';
import { holdRun } from './hold-run.ts';
import { runKeyStep } from './keys/key-step.ts';
import { MATCHER_VERSION } from './keys/memory-version.ts';
import { loadFreshEvents, outdatedEventSources } from './load-fresh-events.ts';
import { planCompanies } from './plan/plan-companies.ts';
import { pullConnection, pullRecords } from './pull-connection.ts';
import { companiesOf, readCompanies } from './read-companies.ts';
import { readConnection } from './read-connection.ts';
import { reportRun } from './report-run.ts';
import type { Session } from './session.ts';
import { hasDoubts, settleDoubts } from './settle-doubts.ts';
import type { SyncResult } from './sync-report.ts';
import { writeBack } from './write-back.ts';

/** By ids a CRM gives some hundred records a call, by change stamps ten times as many: an import is read as any change is. */
const MOST_READ_BY_ID = 200;

/** Null: nothing was touched, and no run was made of it. */
export async function runTouched(given: Session, nameRun: () => Promise<string>): Promise<SyncResult | null> {
  const isNothing =
    (await given.store.touched.list()).length === 0 && (await outdatedEventSources(given)).length === 0;
  if (isNothing) return null;
  const toHold = {
    mode: 'live',
    asOf: null,
    connections: given.connections.map(({ id }) => id),
    options: { touched: true },
    nameRun,
  } as const;
  return holdRun(given, toHold, async ({ session, run, mode, asOf, startedAt }) => {
    const { store } = session;
    const events = await loadFreshEvents(session);
    // Read after the lock is held: a run that just ended may have seen to them.
    const touches = await store.touched.list();
    const before = await companiesOf(store, touches);
    // What an interrupted run sent is settled by what the CRMs hold now, whatever records that is about.
    const isInDoubt = await hasDoubts(store);
    const byStamps = isInDoubt || touches.length > MOST_READ_BY_ID;
    const touched = await Promise.all(
      session.connections
        .filter(({ id }) => isInDoubt || touches.some(({ connection }) => connection === id))
        .map((connected) => readTouched(session, run, connected, byStamps ? null : touches)),
    );
    session.signal.throwIfAborted();
    if (isInDoubt) await settleDoubts(store, readOf(touched));
    // All rows of all sources are joined anew: only when rows or keys have moved.
    const joinsMove = events.loaded.length > 0 || (await store.keys.isStale(MATCHER_VERSION));
    const keyed = await runKeyStep(session, run, null);
    if (joinsMove) await store.sources.resolve();
    const companies = new Set([...before, ...(await companiesOf(store, touches))]);
    for (const source of events.loaded)
      for (const key of await store.sources.companiesSince(source.id, source.since)) companies.add(key);

    const keys = [...companies];
    const connections = await readCompanies(
      session,
      run,
      keys,
      touched,
      byStamps ? readWhole(touched) : wasRead(touches),
    );
    const planned = await planCompanies(session, {
      run,
      asOf,
      sources: events.sources,
      connections,
      keys,
      adopt: true,
      keyed,
    });
    if (planned.held === null) await writeBack(session, run, connections);
    const result = await reportRun(session, {
      run,
      mode,
      asOf,
      startedAt,
      sources: events.sources,
      connections,
      planned,
    });
    const failed = new Set(
      connections.flatMap(({ connected, failure }) => (failure === null ? [] : connected.id)),
    );
    await store.touched.remove(touches.filter(({ connection }) => !failed.has(connection)));
    return result;
  });
}

/** @param touches null: whatever has changed */
async function readTouched(
  session: Session,
  run: string,
  connected: ConnectedCrm,
  touches: readonly StoredTouch[] | null,
): Promise<ConnectionRun> {
  return readConnection(session, connected, async (objects) => {
    if (touches === null) return pullConnection(session, run, connected, objects, false);
    const read = [...objects.values()].flatMap((live) => {
      const ids = idsOf(touches, connected.id, live.object);
      return ids.length === 0 ? [] : [pullRecords(session, run, connected, live, ids)];
    });
    return Promise.all(read);
  });
}

/** A pull by change stamps has read whatever of its connection is not as we hold it. */
function readWhole(read: readonly ConnectionRun[]): (record: TouchedRecord) => boolean {
  const connections = new Set(read.map(({ connected }) => connected.id));
  return ({ connection }) => connections.has(connection);
}

function wasRead(touches: readonly StoredTouch[]): (record: TouchedRecord) => boolean {
  const records = new Set(touches.map(({ connection, object, id }) => `${connection}\n${object}\n${id}`));
  return ({ connection, object, id }) => records.has(`${connection}\n${object}\n${id}`);
}

function idsOf(touches: readonly StoredTouch[], connection: string, object: CrmObject): readonly string[] {
  return touches
    .filter((touch) => touch.connection === connection && touch.object === object)
    .map(({ id }) => id);
}
