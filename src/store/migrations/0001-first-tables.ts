// The first tables: runs, pulls, records, keys, sources, plans. Text is COLLATE "C" throughout: order is byte order on every
// server, so that streams merged in JavaScript agree with SQL.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  // ── runs and pulls ──
  `create table tierline.runs (
     number bigint generated always as identity primary key,
     id text collate "C" not null unique,
     mode text collate "C" not null,
     as_of text collate "C" not null,
     started_at text collate "C" not null,
     policy_hash text collate "C" not null,
     connections text[] not null,
     options json not null,
     status text collate "C" not null,
     finished_at text collate "C",
     report json
   )`,
  `create table tierline.cursors (
     connection text collate "C",
     object text collate "C",
     cursor text not null,
     fields_hash text not null,
     primary key (connection, object)
   )`,
  `create table tierline.own_writes (
     id bigint generated always as identity primary key,
     connection text collate "C" not null,
     object text collate "C" not null,
     from_at text collate "C" not null,
     to_at text collate "C" not null,
     row_count integer not null,
     skipped boolean not null default false
   )`,
  `create table tierline.tokens (
     connection text collate "C" primary key,
     refresh_token text not null,
     saved_at timestamptz not null
   )`,

  // ── records ──
  // What is searched by stands in columns of its own: an index over `fields` itself would be written anew with every field
  // that changes, and a changed tier is the most frequent change of all. The free tenth of a page is for those.
  `create table tierline.records (
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     fields jsonb not null,
     modified_at timestamptz,
     deleted boolean not null,
     account_id text collate "C",
     opportunity_id text collate "C",
     company_key text collate "C",
     match_hash text collate "C",
     put_run text collate "C" not null,
     domain text collate "C" generated always as (fields ->> 'domain') stored,
     lower_name text collate "C" generated always as (lower(fields ->> 'name')) stored,
     lower_email text collate "C" generated always as (lower(fields ->> 'email')) stored,
     parent_id text collate "C" generated always as (fields ->> 'parentId') stored,
     contact_id text collate "C" generated always as (fields ->> 'contactId') stored,
     primary key (connection, object, id)
   ) with (fillfactor = 90)`,
  `create index records_by_company on tierline.records (object, company_key, connection, id)
     where company_key is not null`,
  `create index records_by_account on tierline.records (connection, account_id) where account_id is not null`,
  `create index records_by_opportunity on tierline.records (connection, opportunity_id)
     where opportunity_id is not null`,
  `create index records_by_contact on tierline.records (connection, contact_id) where contact_id is not null`,
  `create index records_by_parent on tierline.records (connection, parent_id) where parent_id is not null`,
  `create index records_by_id on tierline.records (id) where object = 'account'`,
  `create index records_by_domain on tierline.records (domain) where object = 'account' and domain is not null`,
  `create index records_by_name on tierline.records (lower_name) where object = 'account'`,
  `create index records_by_email on tierline.records (lower_email) where lower_email is not null`,
  // Records that a run met unchanged: only a full pull asks, and rewriting every record for a mark would cost gigabytes.
  `create table tierline.seen_records (
     run text collate "C",
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     primary key (run, connection, object, id)
   )`,
  `create table tierline.aliases (
     connection text collate "C",
     object text collate "C",
     old_id text collate "C",
     new_id text collate "C" not null,
     primary key (connection, object, old_id)
   )`,
  `create index aliases_by_survivor on tierline.aliases (connection, object, new_id)`,
  `create table tierline.refused_records (
     number bigint generated always as identity primary key,
     run text collate "C" not null,
     connection text collate "C" not null,
     object text collate "C" not null,
     id text,
     field text,
     reason text not null
   )`,
  `create index refused_records_by_run on tierline.refused_records (run, number)`,

  // ── company keys ──
  `create table tierline.company_keys (
     key text collate "C" primary key,
     status text collate "C" not null default 'active',
     successor text collate "C",
     split_from text collate "C",
     minted_run text collate "C" not null,
     merged_run text collate "C",
     number bigint generated always as identity
   )`,
  `create index company_keys_by_successor on tierline.company_keys (successor) where successor is not null`,
  `create table tierline.memberships (
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     key text collate "C",
     family text collate "C",
     evidence text[] not null,
     confidence double precision not null,
     review boolean not null,
     since_run text collate "C",
     primary key (connection, object, id)
   )`,
  `create table tierline.membership_history (
     number bigint generated always as identity primary key,
     connection text collate "C" not null,
     object text collate "C" not null,
     id text collate "C" not null,
     key text collate "C",
     family text collate "C",
     evidence text[] not null,
     from_run text collate "C",
     to_run text collate "C"
   )`,
  `create index membership_history_by_record on tierline.membership_history (connection, object, id, number)`,
  `create table tierline.key_anchors (
     kind text collate "C",
     value text collate "C",
     key text collate "C",
     primary key (kind, value, key)
   )`,
  `create table tierline.key_state (
     only_row boolean primary key default true check (only_row),
     match_changes bigint not null default 0,
     assigned_changes bigint,
     matcher_version text collate "C"
   )`,
  `insert into tierline.key_state default values`,

  // ── sources ──
  `create table tierline.source_loads (
     source text collate "C" primary key,
     kind text collate "C" not null,
     method text collate "C",
     fingerprint text collate "C" not null,
     loaded_at text collate "C" not null,
     row_count bigint not null,
     refused_count bigint not null,
     previous_row_count bigint
   )`,
  `create table tierline.source_rows (
     source text collate "C",
     row_number bigint,
     kind text collate "C" not null,
     method text collate "C",
     ref_key text collate "C",
     ref_connection text collate "C",
     ref_crm_id text collate "C",
     ref_identifiers text[] not null,
     ref_domain text collate "C",
     ref_name_country text collate "C",
     email text collate "C",
     at text collate "C",
     fields jsonb not null,
     company_key text collate "C",
     primary key (source, row_number)
   )`,
  `create index source_rows_by_company on tierline.source_rows (company_key, source, row_number)
     where company_key is not null`,
  `create table tierline.refused_source_rows (
     source text collate "C",
     number bigint generated always as identity,
     row_number bigint not null,
     reason text not null,
     primary key (source, number)
   )`,

  // ── plans, outcomes, what we wrote ──
  `create table tierline.ledger (
     connection text collate "C",
     object text collate "C",
     id text collate "C",
     written jsonb not null,
     runs jsonb not null,
     primary key (connection, object, id)
   )`,
  `create table tierline.used_keys (
     connection text collate "C",
     object text collate "C",
     key text collate "C",
     account_id text collate "C",
     status text collate "C" not null,
     record_id text collate "C",
     run text collate "C" not null,
     primary key (connection, object, key)
   )`,
  `create index used_keys_by_account on tierline.used_keys (connection, account_id)`,
  `create table tierline.changes (
     run text collate "C",
     id text collate "C",
     connection text collate "C" not null,
     object text collate "C" not null,
     verb text collate "C" not null,
     record_id text collate "C",
     account_id text collate "C",
     account_order text collate "C" not null generated always as (coalesce(account_id, '')) stored,
     company_key text collate "C" not null,
     name text,
     fields json not null,
     idempotency_key text collate "C",
     in_doubt boolean not null,
     status text collate "C" not null,
     error json,
     written_id text collate "C",
     written_at timestamptz,
     primary key (run, id)
   )`,
  `create index changes_in_order on tierline.changes (run, connection, object, account_order, id)`,
  `create table tierline.results (
     run text collate "C",
     company_key text collate "C",
     tier_state json not null,
     evaluation json not null,
     primary key (run, company_key)
   )`,
  // One row a run that left results; `kept` goes false when they were cleared away as too old.
  `create table tierline.result_sets (
     number bigint generated always as identity primary key,
     run text collate "C" not null unique,
     row_count bigint not null,
     kept boolean not null default true
   )`,
  // Which result is a company's state: a pointer, so that a nightly run writes each document once.
  `create table tierline.company_states (
     company_key text collate "C" primary key,
     run text collate "C" not null,
     result_key text collate "C" not null
   )`,
];

export const firstTables = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
