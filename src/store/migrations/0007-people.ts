// Tables of the people and programs that use the service, the audit log, and what a list of accounts is read from.
import { type Kysely, sql } from 'kysely';

const statements: readonly string[] = [
  // ── people ──
  `create table tierline.users (
     id text collate "C" primary key,
     email text collate "C" not null unique,
     role text collate "C" not null,
     password_hash text,
     provider_issuer text,
     provider_subject text,
     created_at timestamptz not null,
     signed_in_at timestamptz,
     unique (provider_issuer, provider_subject)
   )`,
  `create table tierline.one_time_links (
     token_hash text collate "C" primary key,
     user_id text collate "C" references tierline.users on delete cascade,
     expires_at timestamptz not null
   )`,
  `create index one_time_links_by_user on tierline.one_time_links (user_id)`,
  `create table tierline.sessions (
     id_hash text collate "C" primary key,
     user_id text collate "C" not null references tierline.users on delete cascade,
     created_at timestamptz not null,
     seen_at timestamptz not null
   )`,
  `create index sessions_by_user on tierline.sessions (user_id)`,
  // A key outlives the user who made it: a program depends on it, and the audit log knows who it was.
  `create table tierline.api_keys (
     id text collate "C" primary key,
     secret_hash text collate "C" not null,
     name text not null,
     role text collate "C" not null,
     created_at timestamptz not null,
     created_by text collate "C" not null,
     expires_at timestamptz,
     last_used_at timestamptz,
     revoked_at timestamptz
   )`,
  // Hashes of account and address: whom somebody tried to be is nobody's business.
  `create table tierline.sign_in_attempts (
     number bigint generated always as identity primary key,
     account text collate "C" not null,
     address text collate "C" not null,
     at timestamptz not null
   )`,
  `create index sign_in_attempts_by_account on tierline.sign_in_attempts (account, at)`,
  `create table tierline.known_addresses (
     user_id text collate "C" references tierline.users on delete cascade,
     account text collate "C",
     address text collate "C",
     at timestamptz not null,
     primary key (user_id, address)
   )`,
  `create index known_addresses_by_account on tierline.known_addresses (account, address)`,
  `create table tierline.provider_visits (
     state_hash text collate "C" primary key,
     code_verifier text not null,
     nonce text not null,
     expires_at timestamptz not null
   )`,

  // ── audit ──
  `create table tierline.audit_log (
     number bigint generated always as identity primary key,
     at timestamptz not null,
     author_kind text collate "C" not null,
     author_id text not null,
     request_id text,
     action text collate "C" not null,
     subject text not null,
     before json not null,
     after json not null
   )`,
  `create function tierline.refuse_audit_change() returns trigger language plpgsql as $$
   begin
     raise exception 'the audit log is only added to';
   end $$`,
  `create trigger audit_log_is_append_only before update or delete or truncate on tierline.audit_log
     for each statement execute function tierline.refuse_audit_change()`,

  // ── the list of accounts ──
  // Copied out of the result that a company points at, by a trigger: whichever version of Tierline moves the pointer, the
  // list follows. Reading tiers out of the documents would parse 2 KB a company for every page.
  `alter table tierline.company_states
     add column tier_rank integer,
     add column priority double precision,
     add column lower_name text collate "C"`,
  `create function tierline.list_company() returns trigger language plpgsql as $$
   begin
     select array_position(
              array['Tier 1', 'Tier 2', 'Tier 3', 'Not tiered', 'Unscored', 'Excluded'], r.evaluation ->> 'tier') - 1,
            coalesce((r.evaluation ->> 'priority')::double precision, 0),
            lower(r.evaluation ->> 'name')
       into new.tier_rank, new.priority, new.lower_name
       from tierline.results r
      where r.run = new.run and r.company_key = new.result_key;
     return new;
   end $$`,
  // Row by row that is a quarter of a millisecond: a run that adopts a million results lists them itself, and says so.
  `create trigger company_states_are_listed before insert or update of run, result_key on tierline.company_states
     for each row when (coalesce(current_setting('tierline.lists_itself', true), 'off') <> 'on')
     execute function tierline.list_company()`,
  `update tierline.company_states set run = run`,
  // As the list is ordered, so that a page is a stretch of the index: the most urgent first.
  `create index company_states_by_tier on tierline.company_states (tier_rank, (-priority), company_key)`,
];

export const people = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of statements) await sql.raw(statement).execute(db);
  },
};
