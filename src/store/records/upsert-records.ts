// Inserts and replaces records in our copy, set-based: COPY into a staging table, one statement that compares and writes.
import type { ClientBase } from 'pg';
import type { StoredRecord } from '#domain/record/stored-record.ts';
import type { PutCounts } from '#ports/store.ts';
import { recordsMoving } from '../advisory-locks.ts';
import { CopyWriter } from '../bulk/copy-writer.ts';
import { noteEnteredKeys } from '../keys/entered-keys.ts';
import { listMatchChanges, noteMatchChange } from '../keys/match-changes.ts';
import { recordKeyOf, stagedRecordColumns, toStagedRow } from './record-row.ts';

export interface RecordToPut {
  readonly record: StoredRecord;
  readonly companyKey: string | null;
}

/** Within the caller's transaction. */
export async function upsertRecords(
  client: ClientBase,
  run: string,
  records: Iterable<RecordToPut>,
): Promise<PutCounts> {
  // Repeats within a call: the last wins.
  const latest = new Map<string, RecordToPut>();
  for (const each of records) latest.set(recordKeyOf(each.record), each);
  if (latest.size === 0) return { inserted: 0, changed: 0, unchanged: 0 };

  await client.query(`select pg_advisory_xact_lock_shared(${recordsMoving})`);
  await client.query(createStaging);
  const writer = new CopyWriter(client, 'pg_temp.staged_records', stagedRecordColumns);
  for (const { record, companyKey } of latest.values()) await writer.add(toStagedRow(record, companyKey));
  await writer.flush();

  const { rows } = await client.query<{ verdict: Verdict; count: number; rematch: boolean }>(
    compareAndWrite,
    [run],
  );
  if ([...latest.values()].some(({ record }) => record.object === 'opportunity'))
    await client.query(keyRoles);
  if ([...latest.values()].some(({ record }) => bearsKey(record))) await client.query(noteEnteredKeys);
  // The staging table empties itself at commit, but a caller may put twice in one transaction.
  await client.query('truncate pg_temp.staged_records');
  if (rows.some((row) => row.rematch)) await noteMatchChange(client);
  const countOf = (verdict: Verdict) => rows.find((row) => row.verdict === verdict)?.count ?? 0;
  const inserted = countOf('inserted');
  const changed = countOf('changed');
  return { inserted, changed, unchanged: latest.size - inserted - changed };
}

function bearsKey({ object, fields }: StoredRecord): boolean {
  return (object === 'account' || object === 'contact') && (fields['companyKey'] ?? null) !== null;
}

/** `touched`: only the CRM's stamp moved, or whom the record hangs on; `older`: what we hold is newer. */
type Verdict = 'inserted' | 'changed' | 'touched' | 'same' | 'older';

// Kept for the life of the connection: making one a page would churn the system catalogue.
const createStaging = `
  create temp table if not exists staged_records (
    connection text collate "C",
    object text collate "C",
    id text collate "C",
    fields jsonb,
    modified_at timestamptz,
    deleted boolean,
    account_id text collate "C",
    opportunity_id text collate "C",
    company_key text collate "C",
    match_hash text collate "C"
  ) on commit delete rows`;

// A role may have been stored before its opportunity: the two are pulled side by side.
const keyRoles = `
  update tierline.records role
     set company_key = opportunity.company_key
    from pg_temp.staged_records s
    join tierline.records opportunity
      on opportunity.connection = s.connection and opportunity.object = 'opportunity' and opportunity.id = s.id
   where s.object = 'opportunity'
     and role.object = 'opportunity_role' and role.connection = s.connection and role.opportunity_id = s.id
     and role.company_key is distinct from opportunity.company_key`;

// Something that company matching reads.
const isRematch = `(match_hash is not null and (
  verdict = 'inserted' and not deleted
  or verdict = 'changed' and (match_hash is distinct from held_match_hash or deleted <> held_deleted)
))`;

// A deletion often comes with no fields at all: then the last known ones stay, for a deleted task still belongs to its account.
//
// What is held is looked up row by row (`limit 1` keeps the planner from anything else): a page is small, the tables may be
// large and, during a first sync, larger than the planner knows.
const compareAndWrite = `
  with staged as materialized (
    select s.connection, s.object, s.id, s.deleted,
           held.id is null as is_new,
           held.put_run,
           held.modified_at as held_modified_at,
           held.deleted as held_deleted,
           held.fields as held_fields,
           held.account_id as held_account_id,
           held.company_key as held_company_key,
           held.match_hash as held_match_hash,
           coalesce(s.modified_at, held.modified_at) as modified_at,
           case when bare.is_bare then held.fields else s.fields end as fields,
           case when bare.is_bare then held.match_hash else s.match_hash end as match_hash,
           case when bare.is_bare then held.opportunity_id else s.opportunity_id end as opportunity_id,
           case when bare.is_bare then held.account_id else coalesce(alias.new_id, s.account_id) end as account_id,
           s.company_key as given_key
      from pg_temp.staged_records s
      left join lateral (
        select * from tierline.records r
         where r.connection = s.connection and r.object = s.object and r.id = s.id
         limit 1
      ) held on true
      left join lateral (
        select a.new_id from tierline.aliases a
         where a.connection = s.connection and a.object = 'account' and a.old_id = s.account_id
         limit 1
      ) alias on true
      cross join lateral (
        select s.deleted and s.fields = '{}'::jsonb and held.id is not null as is_bare
      ) bare
  ),
  compared as materialized (
    select s.*,
           case
             when s.given_key is not null then s.given_key
             when s.object = 'account' or s.object = 'contact' then s.held_company_key
             when parent.id is null and s.account_id is not distinct from s.held_account_id then s.held_company_key
             else parent.company_key
           end as company_key
      from staged s
      left join lateral (
        select r.id, r.company_key from tierline.records r
         where s.object not in ('account', 'contact')
           and r.connection = s.connection
           and r.object = case s.object when 'opportunity_role' then 'opportunity' else 'account' end
           and r.id = case s.object when 'opportunity_role' then s.opportunity_id else s.account_id end
         limit 1
      ) parent on true
  ),
  judged as materialized (
    select c.*,
           case
             -- A person who is gone and whom we do not hold: of no use, and perhaps one who was forgotten.
             when c.is_new and c.deleted and c.object in ('contact', 'lead') then 'same'
             when c.is_new then 'inserted'
             when c.held_modified_at > c.modified_at then 'older'
             when c.fields is distinct from c.held_fields or c.deleted <> c.held_deleted then 'changed'
             when c.modified_at is distinct from c.held_modified_at
               or c.account_id is distinct from c.held_account_id
               or c.company_key is distinct from c.held_company_key then 'touched'
             else 'same'
           end as verdict
      from compared c
  ),
  written as (
    insert into tierline.records as r (
      connection, object, id, fields, modified_at, deleted,
      account_id, opportunity_id, company_key, match_hash, put_run
    )
    select connection, object, id, fields, modified_at, deleted,
           account_id, opportunity_id, company_key, match_hash, $1
      from judged
     where verdict in ('inserted', 'changed', 'touched')
     order by connection, object, id
    on conflict (connection, object, id) do update set
      fields = excluded.fields,
      modified_at = excluded.modified_at,
      deleted = excluded.deleted,
      account_id = excluded.account_id,
      opportunity_id = excluded.opportunity_id,
      company_key = excluded.company_key,
      match_hash = excluded.match_hash,
      put_run = excluded.put_run
    where r.modified_at is null or excluded.modified_at is null or r.modified_at <= excluded.modified_at
  ),
  listed as (${listMatchChanges(`select * from judged where ${isRematch}`)}),
  marked as (
    insert into tierline.seen_records (run, connection, object, id)
    select $1, connection, object, id
      from judged
     where verdict in ('same', 'older') and put_run <> $1 and not held_deleted
    on conflict do nothing
  )
  select verdict,
         count(*)::integer as count,
         coalesce(bool_or(${isRematch}), false) as rematch
    from judged
   group by verdict`;
