// Stores what became of sent changes: outcome, ledger, our copy of the record and used keys, in one transaction.
import type { ClientBase, Pool } from 'pg';
import type { CanonicalFields, CanonicalValue } from '#domain/record/objects.ts';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import { ContractError } from '#errors/errors.ts';
import type { SettledChange, StoredChange } from '#ports/store.ts';
import { toJsonText } from '../bulk/json-text.ts';
import { recordKeyOf } from '../records/record-row.ts';
import { type RecordToPut, upsertRecords } from '../records/upsert-records.ts';
import { demandDurableCommit, inRetriedTransaction } from '../transaction.ts';
import { type StoredChangeRow, storedChangeColumns, toStoredChange } from './change-row.ts';

type Written = Extract<SettledChange, { status: 'written' }>;

interface WrittenChange {
  readonly change: StoredChange;
  readonly outcome: Written;
}

export async function settleChanges(
  pool: Pool,
  run: string,
  outcomes: readonly SettledChange[],
): Promise<void> {
  if (outcomes.length === 0) return;
  await inRetriedTransaction(pool, async (client) => {
    await demandDurableCommit(client);
    const changes = await readChanges(client, run, outcomes);
    await storeOutcomes(client, run, outcomes);
    const written: WrittenChange[] = [];
    for (const outcome of outcomes) {
      const change = changes.get(outcome.changeId);
      if (change !== undefined && outcome.status === 'written') written.push({ change, outcome });
    }
    await storeInLedger(client, run, written);
    await upsertRecords(client, run, await asRecords(client, written));
    await settleKeys(client, run, outcomes);
  });
}

async function readChanges(
  client: ClientBase,
  run: string,
  outcomes: readonly SettledChange[],
): Promise<ReadonlyMap<string, StoredChange>> {
  const { rows } = await client.query<StoredChangeRow>(
    `select ${storedChangeColumns.join(', ')} from tierline.changes
      where run = $1 and id = any($2::text[]) order by id for update`,
    [run, outcomes.map((outcome) => outcome.changeId)],
  );
  const changes = new Map(rows.map((row) => [row.id, toStoredChange(row)]));
  const stray = outcomes.find((outcome) => !changes.has(outcome.changeId));
  if (stray !== undefined) {
    throw new ContractError(`An outcome came for change ${stray.changeId}, which run ${run} never planned.`);
  }
  return changes;
}

async function storeOutcomes(
  client: ClientBase,
  run: string,
  outcomes: readonly SettledChange[],
): Promise<void> {
  await client.query(
    `update tierline.changes c
        set status = o.status, error = o.error::json, written_id = o.written_id, written_at = o.written_at
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
            as o (id, status, error, written_id, written_at)
      where c.run = $1 and c.id = o.id`,
    [
      run,
      outcomes.map((outcome) => outcome.changeId),
      outcomes.map((outcome) => outcome.status),
      outcomes.map((outcome) => (outcome.status === 'written' ? null : toJsonText(outcome.error))),
      outcomes.map((outcome) => (outcome.status === 'written' ? outcome.recordId : null)),
      outcomes.map((outcome) => (outcome.status === 'written' ? outcome.writtenAt : null)),
    ],
  );
}

async function storeInLedger(
  client: ClientBase,
  run: string,
  written: readonly WrittenChange[],
): Promise<void> {
  const entries = new Map<string, { at: readonly string[]; values: CanonicalFields }>();
  for (const { change, outcome } of written) {
    if (change.verb === 'delete') continue;
    const at = [change.connection, change.object, outcome.recordId];
    const name = at.join('\n');
    // Two changes of one record in one batch: the later one's values stand.
    entries.set(name, { at, values: { ...entries.get(name)?.values, ...valuesAfter(change) } });
  }
  const all = [...entries.values()];
  const column = (index: number) => all.map((entry) => entry.at[index]);
  await client.query(
    `insert into tierline.ledger as l (connection, object, id, written, runs)
     select e.connection, e.object, e.id, e.written::jsonb,
            (select coalesce(jsonb_object_agg(name, $1::text), '{}') from jsonb_object_keys(e.written::jsonb) as name)
       from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as e (connection, object, id, written)
      order by e.connection, e.object, e.id
     on conflict (connection, object, id) do update set
       written = l.written || excluded.written,
       runs = l.runs || excluded.runs`,
    [run, column(0), column(1), column(2), all.map((entry) => toJsonText(entry.values))],
  );
  const deleted = written.filter(({ change }) => change.verb === 'delete');
  await client.query(
    `delete from tierline.ledger l
      using unnest($1::text[], $2::text[], $3::text[]) as gone (connection, object, id)
      where l.connection = gone.connection and l.object = gone.object and l.id = gone.id`,
    [
      deleted.map(({ change }) => change.connection),
      deleted.map(({ change }) => change.object),
      deleted.map(({ outcome }) => outcome.recordId),
    ],
  );
}

/** The records as they stand in the CRM now, by its own word. */
async function asRecords(
  client: ClientBase,
  written: readonly WrittenChange[],
): Promise<readonly RecordToPut[]> {
  const held = await readHeld(client, written);
  const records = new Map<string, RecordToPut>();
  for (const { change, outcome } of written) {
    const name = recordKeyOf({ ...change, id: outcome.recordId });
    const before = records.get(name)?.record ?? held.get(name);
    // What we hold of an updated record is unknown: the next pull brings it whole.
    if (before === undefined && change.verb !== 'create') continue;
    const record: StoredRecord = {
      connection: change.connection,
      object: change.object,
      id: outcome.recordId,
      fields: { ...before?.fields, ...parentOf(change), ...valuesAfter(change) },
      modifiedAt: laterOf(before?.modifiedAt ?? null, outcome.writtenAt),
      deleted: change.verb === 'delete' || (change.verb !== 'create' && before?.deleted === true),
    };
    records.set(name, { record, companyKey: change.verb === 'create' ? change.companyKey : null });
  }
  return [...records.values()];
}

async function readHeld(
  client: ClientBase,
  written: readonly WrittenChange[],
): Promise<ReadonlyMap<string, StoredRecord>> {
  const { rows } = await client.query<StoredRecord>(
    `select r.connection, r.object, r.id, r.fields, r.modified_at as "modifiedAt", r.deleted
       from unnest($1::text[], $2::text[], $3::text[]) as w (connection, object, id)
       join tierline.records r on r.connection = w.connection and r.object = w.object and r.id = w.id`,
    [
      written.map(({ change }) => change.connection),
      written.map(({ change }) => change.object),
      written.map(({ outcome }) => outcome.recordId),
    ],
  );
  return new Map(rows.map((row) => [recordKeyOf(row), row]));
}

async function settleKeys(
  client: ClientBase,
  run: string,
  outcomes: readonly SettledChange[],
): Promise<void> {
  const idsOf = (status: SettledChange['status']) =>
    outcomes.filter((outcome) => outcome.status === status).map((outcome) => outcome.changeId);
  await client.query(
    `insert into tierline.used_keys (connection, object, key, account_id, status, record_id, run)
     select connection, object, idempotency_key, account_id, 'written', written_id, run
       from tierline.changes
      where run = $1 and id = any($2::text[]) and verb = 'create' and idempotency_key is not null
     on conflict (connection, object, key) do update set
       status = 'written', record_id = excluded.record_id, run = excluded.run`,
    [run, idsOf('written')],
  );
  // Refused by the CRM: nothing bears the key. A skipped create may still stand there from an attempt before.
  await client.query(
    `delete from tierline.used_keys u
      using tierline.changes c
      where c.run = $1 and c.id = any($2::text[]) and c.verb = 'create'
        and u.connection = c.connection and u.object = c.object and u.key = c.idempotency_key
        and u.status = 'sent'`,
    [run, idsOf('failed')],
  );
}

function valuesAfter(change: StoredChange): Record<string, CanonicalValue> {
  return Object.fromEntries(change.fields.map(({ field, after }) => [field, after]));
}

function parentOf(change: StoredChange): CanonicalFields {
  const hangsOnAccount = change.verb === 'create' && change.object !== 'account' && change.accountId !== null;
  return hangsOnAccount ? { accountId: change.accountId } : {};
}

function laterOf(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return Date.parse(a) > Date.parse(b) ? a : b;
}
