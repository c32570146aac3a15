// What Tierline asks of a CRM: identify, describe, owners, pull, apply, install. Nothing else; every vendor's verbs stay behind it.
import type { CrmObject } from '#domain/record/objects.ts';

/** A value as the CRM's API takes and gives it. */
export type CrmValue = string | number | boolean | null;
/** Fields by the CRM's own names; a path through a parent is written with dots. */
export type CrmFields = Readonly<Record<string, CrmValue>>;

export interface CrmIdentity {
  /** Org or portal: limits and locks are shared by everything that talks to it. */
  readonly organisation: string;
  /** The user or app we act as; null when the CRM does not tell. */
  readonly actor: string | null;
}

export interface CrmFieldSchema {
  readonly name: string;
  readonly label: string;
  /** The vendor's word for the type, for messages. */
  readonly vendorType: string;
  readonly kind:
    | 'text'
    | 'number'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'choice'
    | 'multi_choice'
    | 'id'
    | 'other';
  readonly maxLength: number | null;
  /** Of UTF-8; left out where the CRM counts no bytes. */
  readonly maxBytes?: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  /** Active values of a choice field; empty when free. */
  readonly options: readonly string[];
  /** True when the CRM refuses a value outside `options`. */
  readonly restricted: boolean;
}

export interface CrmObjectSchema {
  readonly crmObject: string;
  readonly fields: ReadonlyMap<string, CrmFieldSchema>;
}

export interface CrmOwner {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
}

/** A stretch of the CRM's own clock in which our writes stamped `rows` records of one object. */
export interface OwnWrites {
  readonly from: string;
  readonly to: string;
  readonly rows: number;
}

export interface PullRequest {
  readonly object: CrmObject;
  /** The CRM's name of the object, from the mapping. */
  readonly crmObject: string;
  /** CRM field names to read; the connector adds its system fields itself. */
  readonly fields: readonly string[];
  /** Opaque, from `PullEnd.cursor` of an earlier pull; null reads everything. */
  readonly cursor: string | null;
  /** Our own echoes that an incremental pull need not read again. */
  readonly skip: readonly OwnWrites[];
  /** Stretches skipped earlier that are owed a read now. */
  readonly reread: readonly OwnWrites[];
  /** Read just these records, whatever their stamps; the cursor is returned unchanged. */
  readonly ids?: readonly string[];
  /** Only records in which this CRM field has a value (our own tasks among all tasks). */
  readonly havingField?: string;
  readonly signal?: AbortSignal;
}

export interface RawRecord {
  readonly id: string;
  readonly fields: CrmFields;
  /** ISO 8601 UTC. */
  readonly modifiedAt: string | null;
  readonly deleted: boolean;
  /** The survivor's id when the CRM says that this record was merged away. */
  readonly mergedInto: string | null;
  /** Ids that this record swallowed. */
  readonly mergedIds: readonly string[];
}

export interface PullPage {
  readonly records: readonly RawRecord[];
  /** Rows the CRM says there are in all, when it does: for progress and reconciliation. */
  readonly total: number | null;
}

export interface PullEnd {
  /** Where the next incremental pull starts; valid once every page is stored. */
  readonly cursor: string;
  /** Rows the CRM counted for a full pull; null when it was incremental or the CRM does not say. */
  readonly counted: number | null;
}

export const CHANGE_VERBS = ['create', 'update', 'delete'] as const;
export type ChangeVerb = (typeof CHANGE_VERBS)[number];

export interface CrmChange {
  /** Stable id of the planned change; outcomes carry it back. */
  readonly changeId: string;
  /** Null for a create. */
  readonly recordId: string | null;
  readonly fields: CrmFields;
  /** For creates: the field that holds the idempotency key, and its value (also among `fields`). */
  readonly idempotency?: { readonly field: string; readonly value: string };
  /** For creates: an earlier attempt may have reached the CRM; look before you send. */
  readonly inDoubt?: boolean;
  /** The account that a created record hangs on: a parent lookup in `fields` or an association, as the CRM has it. */
  readonly accountId?: string | null;
}

export interface ApplyRequest {
  readonly object: CrmObject;
  readonly crmObject: string;
  readonly verb: ChangeVerb;
  readonly changes: AsyncIterable<CrmChange>;
  /** How many changes will come: decides between small batches and a bulk job. */
  readonly total: number;
  /** Awaited before a batch is sent: what is in doubt after a crash is on record before it can be in doubt. */
  readonly beforeSend: (changeIds: readonly string[]) => Promise<void>;
  readonly signal?: AbortSignal;
}

export interface RowError {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
  readonly retry: 'never' | 'later';
  /** What a person should do, one sentence. */
  readonly next: string;
}

export type ChangeOutcome =
  | {
      readonly changeId: string;
      readonly status: 'written';
      readonly recordId: string;
      /** The CRM's stamp of our write, ISO 8601 UTC; null when it does not say. */
      readonly writtenAt: string | null;
    }
  | {
      readonly changeId: string;
      readonly status: 'failed';
      readonly error: RowError;
      /** Set when the CRM says that the record now lives under another id. */
      readonly movedTo?: string;
    };

/** Calls made since the connector was connected, counted as the contract's section 9 says. */
export interface CrmUsage {
  readonly read: number;
  readonly write: number;
  /** Describe, limits, owners, properties, tokens: shown, not budgeted. */
  readonly other: number;
  /** The org's or portal's daily allowance as it last told us; null when it has not. */
  readonly daily: { readonly used: number; readonly limit: number } | null;
}

/** A field that `setup` makes. */
export interface FieldToInstall {
  readonly object: CrmObject;
  readonly crmObject: string;
  readonly name: string;
  readonly label: string;
  readonly description: string;
  readonly type:
    | {
        readonly kind: 'text';
        readonly length: number;
        readonly externalId?: boolean;
        readonly unique?: boolean;
      }
    | { readonly kind: 'long_text'; readonly length: number }
    | { readonly kind: 'number'; readonly precision: number; readonly scale: number }
    | { readonly kind: 'money' }
    | { readonly kind: 'date' }
    | { readonly kind: 'checkbox' }
    | { readonly kind: 'choice'; readonly options: readonly FieldOption[] }
    | { readonly kind: 'multi_choice'; readonly options: readonly FieldOption[] }
    | { readonly kind: 'parent'; readonly crmObject: string };
  /** People with the user permission set may edit it. */
  readonly editableByUsers: boolean;
}

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

export interface InstallRequest {
  readonly fields: readonly FieldToInstall[];
  /** User names to whom the people's permission set is assigned. */
  readonly users: readonly string[];
  /** Profile whose users get it. */
  readonly profile: string | null;
  /** Page layouts to place our section on; `all` for every layout of the account. */
  readonly layouts: readonly string[] | 'all';
  readonly dryRun: boolean;
}

/** One thing `setup` found or did. */
export interface InstallStep {
  readonly what: string;
  readonly name: string;
  readonly result: 'present' | 'created' | 'changed' | 'would_create' | 'would_change' | 'failed';
  readonly detail?: string;
}

export interface InstallReport {
  readonly steps: readonly InstallStep[];
  /** What people must still do by hand, click by click. */
  readonly byHand: readonly string[];
}

export interface Crm {
  readonly connection: string;
  /** Rows that one incremental read call returns at most: decides which echoes are worth skipping. */
  readonly rowsPerRead: number;
  identify(): Promise<CrmIdentity>;
  /** Null when the CRM has no such object or hides it from us. */
  describe(crmObject: string): Promise<CrmObjectSchema | null>;
  owners(): Promise<readonly CrmOwner[]>;
  /** Yields pages, returns where to go on from. A page may repeat a record; it never leaves one out. */
  pull(request: PullRequest): AsyncGenerator<PullPage, PullEnd>;
  /**
   * Sends the changes and yields outcomes, exactly one a change, batch by batch. A refused row is an outcome; an error is
   * thrown only when the whole connection fails (auth, budget, unavailable for long). After an ambiguous failure it reads
   * back before it sends again.
   */
  apply(request: ApplyRequest): AsyncGenerator<readonly ChangeOutcome[], void>;
  install(request: InstallRequest): Promise<InstallReport>;
  usage(): CrmUsage;
  close(): Promise<void>;
}
