// Everything known of one company after the other, from cursors read in step. One read-only transaction: one moment of the store,
// whatever is written meanwhile.
import type { ClientBase, Pool } from 'pg';
import type { CrmObject } from '#domain/record/objects.ts';
import type { CompanyDossier, KeyedRecord } from '#ports/store.ts';
import type { ConnectionLane } from '../connection-lane.ts';
import { toKeyedRecord } from '../records/record-row.ts';
import { inReadTransaction, ServerCursor } from '../server-cursor.ts';
import { refreshStatistics } from '../statistics.ts';
import { CompanyCursor, type CompanyRow } from './company-cursor.ts';
import { compareByteOrder } from './compare-byte-order.ts';
import {
  type DossierRecordRow,
  type DossierSourceRow,
  type DossierStateRow,
  type DossierUsedKeyRow,
  selectRecords,
  selectSourceRows,
  selectStates,
  selectUsedKeys,
  toKeyedSourceRow,
  toLedgeredRecord,
  toUsedKey,
} from './dossier-queries.ts';

const rowsPerBatch = 500;

export async function* streamDossiers(
  pool: Pool,
  keys: readonly string[] | undefined,
): AsyncGenerator<CompanyDossier, void> {
  if (keys === undefined) await refreshStatistics(pool);
  yield* inReadTransaction(pool, async function* (client, lane) {
    // Read to the end, sorting is twice as fast as following an index all over the table (3 million contacts: 30 s for 53 s).
    await lane.run(() => client.query('set local cursor_tuple_fraction = 1'));
    const cursors = await openCursors(client, lane, keys);
    for (;;) {
      const companyKey = firstOf(await cursors.accounts.peek(), await cursors.contacts.peek());
      if (companyKey === null) return;
      yield await readDossier(cursors, companyKey);
    }
  });
}

interface Cursors {
  readonly accounts: CompanyCursor<DossierRecordRow>;
  readonly contacts: CompanyCursor<DossierRecordRow>;
  readonly opportunities: CompanyCursor<DossierRecordRow>;
  readonly opportunityRoles: CompanyCursor<DossierRecordRow>;
  readonly tasks: CompanyCursor<DossierRecordRow>;
  readonly programs: CompanyCursor<DossierRecordRow>;
  readonly sourceRows: CompanyCursor<DossierSourceRow>;
  readonly usedKeys: CompanyCursor<DossierUsedKeyRow>;
  readonly states: CompanyCursor<DossierStateRow>;
}

async function openCursors(
  client: ClientBase,
  lane: ConnectionLane,
  keys: readonly string[] | undefined,
): Promise<Cursors> {
  const wanted = keys !== undefined;
  const values = keys === undefined ? [] : [[...keys]];
  const open = async <Row extends CompanyRow>(name: string, sql: string) =>
    new CompanyCursor(await ServerCursor.open<Row>(client, lane, { name, sql, values }, rowsPerBatch));
  const openRecords = (object: CrmObject, live: boolean) =>
    open<DossierRecordRow>(`dossier_${object}`, selectRecords(object, { live, wanted }));
  return {
    accounts: await openRecords('account', true),
    contacts: await openRecords('contact', true),
    opportunities: await openRecords('opportunity', true),
    opportunityRoles: await openRecords('opportunity_role', true),
    tasks: await openRecords('task', false),
    programs: await openRecords('program', false),
    sourceRows: await open('dossier_source_row', selectSourceRows(wanted)),
    usedKeys: await open('dossier_used_key', selectUsedKeys(wanted)),
    states: await open('dossier_state', selectStates(wanted)),
  };
}

/** A company is one of which we hold a live account or contact; what else bears its key comes with it. */
async function readDossier(cursors: Cursors, companyKey: string): Promise<CompanyDossier> {
  const takeLedgered = async (cursor: CompanyCursor<DossierRecordRow>) =>
    (await cursor.take(companyKey)).map(toLedgeredRecord);
  const takeKeyed = async (cursor: CompanyCursor<DossierRecordRow>): Promise<readonly KeyedRecord[]> =>
    (await cursor.take(companyKey)).map(toKeyedRecord);
  const [state] = await cursors.states.take(companyKey);
  return {
    companyKey,
    accounts: await takeLedgered(cursors.accounts),
    contacts: await takeLedgered(cursors.contacts),
    opportunities: await takeKeyed(cursors.opportunities),
    opportunityRoles: await takeKeyed(cursors.opportunityRoles),
    tasks: await takeLedgered(cursors.tasks),
    programs: await takeLedgered(cursors.programs),
    sourceRows: (await cursors.sourceRows.take(companyKey)).map(toKeyedSourceRow),
    usedKeys: (await cursors.usedKeys.take(companyKey)).map(toUsedKey),
    tierState: state?.tier_state ?? null,
  };
}

function firstOf(a: string | null, b: string | null): string | null {
  if (a === null) return b;
  if (b === null) return a;
  return compareByteOrder(a, b) <= 0 ? a : b;
}
