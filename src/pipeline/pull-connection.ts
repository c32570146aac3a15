// The pull step for one connection: every object's pages, read through the mapping and stored, then the cursor moved.
// A plan is always the difference between what should be and our copy, so a cursor may move as soon as its pages are
// stored: a crash afterwards loses no work (ADR 0004).
import { createHash } from 'node:crypto';
import { chooseOwnWrites } from '#domain/plan/choose-own-writes.ts';
import type { CrmObject } from '#domain/record/objects.ts';
import type { RefusedRecord, StoredRecord } from '#domain/record/stored-record.ts';
import { fieldsToRead, readRecord } from '#mapping/fields/read-record.ts';
import type { Clock } from '#ports/clock.ts';
import type { PullEnd, PullPage, RawRecord } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { Progress } from '#ports/progress.ts';
import type { Store } from '#ports/store.ts';
import type { ConnectedCrm, LiveObject, LiveObjects } from './connected-crm.ts';

export interface PullParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface PulledObject {
  readonly object: CrmObject;
  readonly full: boolean;
  readonly records: number;
  readonly refusedValues: number;
  /** Rows that a full pull no longer saw. */
  readonly vanished: number;
  /** What the CRM counted minus what we hold, after a full pull; null when not known. */
  readonly drift: number | null;
}

/** Objects are read side by side: each waits for its own pages, the limits are shared. */
export async function pullConnection(
  parts: PullParts,
  run: string,
  connected: ConnectedCrm,
  objects: LiveObjects,
  full: boolean,
): Promise<readonly PulledObject[]> {
  return Promise.all([...objects.values()].map((live) => pullObject(parts, run, connected, live, full)));
}

async function pullObject(
  parts: PullParts,
  run: string,
  connected: ConnectedCrm,
  live: LiveObject,
  askedFull: boolean,
): Promise<PulledObject> {
  const { store } = parts;
  const { object } = live;
  const fields = fieldsToRead(live.mapping);
  const fieldsHash = hashOf([live.mapping.crmObject, ...fields]);
  const known = await store.pulls.fieldsHash(connected.id, object);
  const stored = await store.pulls.cursor(connected.id, object);
  const cursor = askedFull || known !== fieldsHash ? null : stored;
  const pending = await store.pulls.ownWrites(connected.id, object);
  const echoes = chooseOwnWrites(pending, connected.crm.rowsPerRead, parts.clock.now());
  const keyField = live.mapping.fields.get('taskKey')?.crm;

  const pages = connected.crm.pull({
    object,
    crmObject: live.mapping.crmObject,
    fields,
    cursor,
    skip: cursor === null ? [] : echoes.skip,
    reread: cursor === null ? [] : echoes.reread,
    // Tasks of other people are none of our business.
    ...(object === 'task' && keyField !== undefined ? { havingField: keyField } : {}),
    signal: parts.signal,
  });

  const kept = noPages();
  const keep = createPageKeeper(parts, run, connected, live, kept);
  const end = await drain(pages, keep);

  const isFull = cursor === null;
  let vanished = 0;
  if (isFull) {
    await askForUnseen(parts, run, connected, live, fields, keep);
    vanished = await store.records.deleteUnseen(run, connected.id, object);
  }
  const { records, refusedValues } = kept;
  const drift = isFull ? await findDrift(store, connected.id, object, end.counted, kept.deleted) : null;
  if (drift !== null && drift !== 0) {
    parts.log.warn('The CRM counts other rows than we hold', { connection: connected.id, object, drift });
  }
  await store.pulls.moveCursor(connected.id, object, end.cursor, fieldsHash);
  await settleEchoes(store, isFull ? { skip: [], reread: [], read: pending } : echoes);
  return { object, full: isFull, records, refusedValues, vanished, drift };
}

/**
 * Reads these records as they are now, whatever their stamps; cursors and echoes are left as they are. One that the CRM no longer
 * shows by its id is gone, as after a full pull: some CRMs tell of a deletion in no other way.
 */
export async function pullRecords(
  parts: PullParts,
  run: string,
  connected: ConnectedCrm,
  live: LiveObject,
  ids: readonly string[],
): Promise<PulledObject> {
  const given = new Set<string>();
  const kept = { ...noPages(), ids: given };
  await drain(
    connected.crm.pull({
      object: live.object,
      crmObject: live.mapping.crmObject,
      fields: fieldsToRead(live.mapping),
      cursor: null,
      skip: [],
      reread: [],
      ids,
      signal: parts.signal,
    }),
    createPageKeeper(parts, run, connected, live, kept),
  );
  const { records, refusedValues } = kept;
  const vanished = await markGone(parts.store, run, connected.id, live.object, ids, given);
  return { object: live.object, full: false, records, refusedValues, vanished, drift: null };
}

/** Of the records asked for, those that we hold and the CRM did not give. */
async function markGone(
  store: Store,
  run: string,
  connection: string,
  object: CrmObject,
  asked: readonly string[],
  given: ReadonlySet<string>,
): Promise<number> {
  const missing = asked.filter((id) => !given.has(id));
  if (missing.length === 0) return 0;
  const gone: StoredRecord[] = [];
  // Without fields: the last known ones stay.
  for await (const { id } of store.records.stream({ connection, object, ids: missing }))
    gone.push({ connection, object, id, fields: {}, modifiedAt: null, deleted: true });
  await store.records.put(run, gone);
  return gone.length;
}

interface KeptPages {
  /** Null: not wanted; a full pull would hold them all. */
  readonly ids: Set<string> | null;
  records: number;
  deleted: number;
  refusedValues: number;
}

function noPages(): KeptPages {
  return { ids: null, records: 0, deleted: 0, refusedValues: 0 };
}

/** Stores a page and counts it. */
function createPageKeeper(
  { store, progress }: PullParts,
  run: string,
  connected: ConnectedCrm,
  live: LiveObject,
  kept: KeptPages,
): (page: PullPage) => Promise<void> {
  return async (page) => {
    const read = readPage(connected.id, live, page.records);
    await store.records.put(run, read.records);
    if (read.refused.length > 0) await store.records.refuse(run, read.refused);
    await followMerges(store, connected.id, live.object, page.records);
    for (const { id } of page.records) kept.ids?.add(id);
    kept.records += page.records.length;
    kept.deleted += page.records.filter((record) => record.deleted).length;
    kept.refusedValues += read.refused.length;
    progress.report(`${connected.id}: read ${live.object}`, kept.records, page.total);
  };
}

/**
 * A full pull may lean on a search index that has a hole: before a record that was not seen counts as gone, it is asked for
 * by its id. Costs nothing when every record was seen.
 */
async function askForUnseen(
  parts: PullParts,
  run: string,
  connected: ConnectedCrm,
  live: LiveObject,
  fields: readonly string[],
  keep: (page: PullPage) => Promise<void>,
): Promise<void> {
  const ids = await parts.store.records.unseen(run, connected.id, live.object);
  if (ids.length === 0) return;
  const pages = connected.crm.pull({
    object: live.object,
    crmObject: live.mapping.crmObject,
    fields,
    cursor: null,
    skip: [],
    reread: [],
    ids,
    signal: parts.signal,
  });
  await drain(pages, keep);
}

/** Rows that the CRM counted minus rows we hold; one CRM counts its deleted rows among them, the other does not. */
async function findDrift(
  store: Store,
  connection: string,
  object: CrmObject,
  counted: number | null,
  deleted: number,
): Promise<number | null> {
  if (counted === null) return null;
  const drift = counted - (await store.records.count(connection, object));
  return drift === deleted ? 0 : drift;
}

async function settleEchoes(store: Store, echoes: ReturnType<typeof chooseOwnWrites>): Promise<void> {
  const settled = [...echoes.read, ...echoes.reread].map((stretch) => stretch.id);
  if (settled.length > 0) await store.pulls.settleOwnWrites(settled);
  if (echoes.skip.length > 0) await store.pulls.skipOwnWrites(echoes.skip.map((stretch) => stretch.id));
}

function readPage(connection: string, live: LiveObject, raws: readonly RawRecord[]) {
  const records: StoredRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const raw of raws) {
    const read = readRecord(connection, live.object, live.mapping, raw);
    records.push(read.record);
    refused.push(...read.refused);
  }
  return { records, refused };
}

async function followMerges(
  store: Store,
  connection: string,
  object: CrmObject,
  raws: readonly RawRecord[],
): Promise<void> {
  for (const raw of raws) {
    if (raw.mergedInto !== null) await store.records.merge(connection, object, raw.id, raw.mergedInto);
    for (const oldId of raw.mergedIds) await store.records.merge(connection, object, oldId, raw.id);
  }
}

async function drain<Page>(
  pages: AsyncGenerator<Page, PullEnd>,
  store: (page: Page) => Promise<void>,
): Promise<PullEnd> {
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return next.value;
    await store(next.value);
  }
}

function hashOf(names: readonly string[]): string {
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
}
