// Asks a CRM what changed since the last look and reports what is news to us as touched. One read an object when nothing changed;
// takes no lock, stores no record and moves no cursor of the runs.
import { isSameValue } from '#domain/plan/same-value.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import { fieldsToRead, readRecord } from '#mapping/fields/read-record.ts';
import type { PullEnd, RawRecord } from '#ports/crm.ts';
import type { Store, TouchedRecord } from '#ports/store.ts';
import type { ConnectedCrm, LiveObject, LiveObjects } from './connected-crm.ts';

/** How many records are news. Objects that no run has read yet are left to the first run. */
export async function findNews(
  store: Store,
  connected: ConnectedCrm,
  objects: LiveObjects,
  signal: AbortSignal,
): Promise<number> {
  const found = await Promise.all(
    [...objects.values()].map((live) => lookAtObject(store, connected, live, signal)),
  );
  return found.reduce((sum, count) => sum + count, 0);
}

async function lookAtObject(
  store: Store,
  connected: ConnectedCrm,
  live: LiveObject,
  signal: AbortSignal,
): Promise<number> {
  const { object, mapping } = live;
  const { id: connection } = connected;
  const last = await store.touched.lastPoll(connection, object);
  const cursor = last?.cursor ?? (await store.pulls.cursor(connection, object));
  if (cursor === null || cursor === '') return 0;
  const keyField = mapping.fields.get('taskKey')?.crm;
  const pages = connected.crm.pull({
    object,
    crmObject: mapping.crmObject,
    fields: fieldsToRead(mapping),
    cursor,
    // What we wrote ourselves is no news; the runs read it once, by and by.
    skip: await store.pulls.ownWrites(connection, object),
    reread: [],
    ...(object === 'task' && keyField !== undefined ? { havingField: keyField } : {}),
    signal,
  });
  let news = 0;
  let end: PullEnd | null = null;
  while (end === null) {
    const step = await pages.next();
    if (step.done === true) {
      end = step.value;
      continue;
    }
    const touched = await newsOf(store, connection, live, step.value.records);
    if (touched.length > 0) await store.touched.add(touched);
    news += touched.length;
  }
  // Only now: what was found is on record.
  await store.touched.movePollCursor(connection, object, end.cursor);
  return news;
}

/** A CRM stamps records anew for fields nobody mapped, and a look repeats some minutes of the one before. */
async function newsOf(
  store: Store,
  connection: string,
  { object, mapping }: LiveObject,
  raws: readonly RawRecord[],
): Promise<readonly TouchedRecord[]> {
  const held = new Map<string, StoredRecord>();
  const ids = raws.map(({ id }) => id);
  for await (const record of store.records.stream({ connection, object, ids, withDeleted: true }))
    held.set(record.id, record);
  return raws
    .filter((raw) => isNews(readRecord(connection, object, mapping, raw).record, held.get(raw.id)))
    .map(({ id }) => ({ connection, object, id }));
}

function isNews(now: StoredRecord, held: StoredRecord | undefined): boolean {
  if (held === undefined) return !now.deleted;
  if (now.deleted || held.deleted) return now.deleted !== held.deleted;
  return Object.entries(now.fields).some(([field, value]) => !isSameValue(held.fields[field] ?? null, value));
}
