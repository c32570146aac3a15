// The tables as Kysely sees them; the migrations make them. Knows columns, no meaning.
import type { ColumnType, Generated } from 'kysely';
import type { ChangeStatus, FieldChange, PlannedVerb } from '#domain/plan/planned-change.ts';
import type { CanonicalFields, CrmObject } from '#domain/record/objects.ts';
import type { RowError } from '#ports/crm.ts';
import type { Json, RunMode, RunStatus, SourceKind } from '#ports/store.ts';

/** Given as JSON text, read back parsed. */
type Document<T> = ColumnType<T, string, string>;
/** Read as ISO 8601 UTC with milliseconds. */
type Moment = ColumnType<string, string, string>;

export interface Tables {
  runs: {
    number: Generated<number>;
    id: string;
    mode: RunMode;
    as_of: string;
    started_at: string;
    policy_hash: string;
    configuration: ColumnType<Readonly<Record<string, number>> | null, string | null, never>;
    connections: string[];
    options: Document<Json>;
    status: RunStatus;
    finished_at: string | null;
    report: ColumnType<Json | null, string | null, string | null>;
  };
  cursors: { connection: string; object: CrmObject; cursor: string; fields_hash: string };
  own_writes: {
    id: Generated<number>;
    connection: string;
    object: CrmObject;
    from_at: string;
    to_at: string;
    row_count: number;
    skipped: Generated<boolean>;
  };
  touched_records: { connection: string; object: CrmObject; id: string; number: Generated<number> };
  poll_cursors: { connection: string; object: CrmObject; cursor: string; polled_at: Moment };
  tokens: { connection: string; refresh_token: string; saved_at: Moment };
  records: {
    connection: string;
    object: CrmObject;
    id: string;
    fields: Document<CanonicalFields>;
    modified_at: Moment | null;
    deleted: boolean;
    account_id: string | null;
    opportunity_id: string | null;
    company_key: string | null;
    match_hash: string | null;
    put_run: string;
  };
  aliases: { connection: string; object: CrmObject; old_id: string; new_id: string };
  refused_records: {
    number: Generated<number>;
    run: string;
    connection: string;
    object: CrmObject;
    id: string | null;
    field: string | null;
    reason: string;
  };
  memberships: {
    connection: string;
    object: CrmObject;
    id: string;
    key: string | null;
    family: string | null;
    evidence: string[];
    confidence: number;
    review: boolean;
    since_run: string | null;
  };
  company_keys: {
    key: string;
    status: 'active' | 'merged' | 'retired';
    successor: string | null;
    split_from: string | null;
    minted_run: string;
    merged_run: string | null;
    /** Grows with time. */
    number: Generated<number>;
  };
  key_state: {
    only_row: Generated<boolean>;
    match_changes: number;
    assigned_changes: number | null;
    matcher_version: string | null;
    listed_changes: Generated<number>;
    assigned_history: number | null;
    memory_version: string | null;
    memory_parts: number | null;
    memory_assigned: number | null;
    memory_unlisted: number | null;
  };
  key_proposals: { run: string; number: Generated<number>; status: 'waiting' | 'adopted' | 'outdated' };
  source_loads: {
    source: string;
    kind: SourceKind;
    method: string | null;
    fingerprint: string;
    loaded_at: string;
    row_count: number;
    refused_count: number;
    previous_row_count: number | null;
  };
  source_rows: {
    source: string;
    row_number: number;
    kind: SourceKind;
    method: string | null;
    ref_key: string | null;
    ref_connection: string | null;
    ref_crm_id: string | null;
    ref_identifiers: string[];
    ref_domain: string | null;
    ref_name_country: string | null;
    email: string | null;
    at: string | null;
    fields: Document<CanonicalFields>;
    company_key: string | null;
  };
  refused_source_rows: { source: string; number: Generated<number>; row_number: number; reason: string };
  ledger: {
    connection: string;
    object: CrmObject;
    id: string;
    written: Document<CanonicalFields>;
    runs: Document<Readonly<Record<string, string>>>;
  };
  used_keys: {
    connection: string;
    object: CrmObject;
    key: string;
    account_id: string | null;
    status: 'sent' | 'written';
    record_id: string | null;
    run: string;
  };
  changes: {
    run: string;
    id: string;
    connection: string;
    object: CrmObject;
    verb: PlannedVerb;
    record_id: string | null;
    account_id: string | null;
    /** `account_id`, or the empty string for none: what the order of a plan is read by. */
    account_order: Generated<string>;
    company_key: string;
    name: string | null;
    fields: Document<readonly FieldChange[]>;
    idempotency_key: string | null;
    in_doubt: boolean;
    status: ChangeStatus;
    error: ColumnType<RowError | null, string | null, string | null>;
    written_id: string | null;
    written_at: Moment | null;
  };
  results: {
    run: string;
    company_key: string;
    tier_state: Document<Json>;
    evaluation: Document<Json>;
    slot: ColumnType<Json | null, string | null, string | null>;
  };
  result_sets: { number: Generated<number>; run: string; row_count: number; kept: boolean };
  company_states: { company_key: string; run: string; result_key: string };
}
