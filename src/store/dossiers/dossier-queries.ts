// What a dossier is put together from: one ordered query for each kind of thing. $1, when given, is the list of wanted keys.
import type { CanonicalFields } from '#domain/record/objects.ts';
import type { Json, KeyedSourceRow, LedgeredRecord, SourceKind, UsedKey } from '#ports/store.ts';
import { type KeyedRecordRow, toKeyedRecord } from '../records/record-row.ts';

export interface DossierRecordRow extends KeyedRecordRow {
  readonly company_key: string;
  readonly written: CanonicalFields | null;
}

export function selectRecords(object: string, only: { live: boolean; wanted: boolean }): string {
  return `
    select r.company_key, r.connection, r.object, r.id, r.fields, r.modified_at, r.deleted, ledger.written
      from tierline.records r
      left join tierline.ledger ledger
        on ledger.connection = r.connection and ledger.object = r.object and ledger.id = r.id
     where r.object = '${object}' and r.company_key is not null
       ${only.live ? 'and not r.deleted' : ''}
       ${only.wanted ? 'and r.company_key = any($1::text[])' : ''}
     order by r.company_key, r.connection, r.id`;
}

export function toLedgeredRecord(row: DossierRecordRow): LedgeredRecord {
  return { ...toKeyedRecord(row), lastWritten: row.written ?? {} };
}

export interface DossierSourceRow {
  readonly company_key: string;
  readonly source: string;
  readonly row_number: number;
  readonly kind: SourceKind;
  readonly method: string | null;
  readonly ref_key: string | null;
  readonly ref_connection: string | null;
  readonly ref_crm_id: string | null;
  readonly ref_identifiers: readonly string[];
  readonly ref_domain: string | null;
  readonly ref_name_country: string | null;
  readonly email: string | null;
  readonly at: string | null;
  readonly fields: CanonicalFields;
}

export function selectSourceRows(wanted: boolean): string {
  return `
    select company_key, source, row_number, kind, method, ref_key, ref_connection, ref_crm_id, ref_identifiers,
           ref_domain, ref_name_country, email, at, fields
      from tierline.source_rows
     where company_key is not null ${wanted ? 'and company_key = any($1::text[])' : ''}
     order by company_key, source, row_number`;
}

export function toKeyedSourceRow(row: DossierSourceRow): KeyedSourceRow {
  return {
    source: row.source,
    kind: row.kind,
    method: row.method,
    rowNumber: row.row_number,
    company: {
      companyKey: row.ref_key,
      crm: row.ref_crm_id === null ? null : { connection: row.ref_connection, id: row.ref_crm_id },
      identifiers: row.ref_identifiers,
      domain: row.ref_domain,
      nameCountry: row.ref_name_country,
    },
    email: row.email,
    at: row.at,
    fields: row.fields,
  };
}

export interface DossierUsedKeyRow extends Omit<UsedKey, 'accountId' | 'recordId'> {
  readonly company_key: string;
  readonly account_id: string | null;
  readonly record_id: string | null;
}

export function selectUsedKeys(wanted: boolean): string {
  return `
    select account.company_key, u.connection, u.object, u.key, u.account_id, u.status, u.record_id
      from tierline.used_keys u
      join tierline.records account
        on account.connection = u.connection and account.object = 'account' and account.id = u.account_id
     where account.company_key is not null ${wanted ? 'and account.company_key = any($1::text[])' : ''}
     order by account.company_key, u.connection, u.object, u.key`;
}

export function toUsedKey(row: DossierUsedKeyRow): UsedKey {
  return {
    connection: row.connection,
    object: row.object,
    key: row.key,
    accountId: row.account_id,
    status: row.status,
    recordId: row.record_id,
  };
}

export interface DossierStateRow {
  readonly company_key: string;
  readonly tier_state: Json;
}

export function selectStates(wanted: boolean): string {
  return `
    select s.company_key, r.tier_state
      from tierline.company_states s
      join tierline.results r on r.run = s.run and r.company_key = s.result_key
     ${wanted ? 'where s.company_key = any($1::text[])' : ''}
     order by s.company_key`;
}
