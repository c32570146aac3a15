// What Tierline remembers: records as the CRMs hold them, keys, source rows, tier state, plans and their outcomes. Knows no SQL.
import type { ChangeStatus, PlannedChange, PlannedVerb } from '#domain/plan/planned-change.ts';
import type { CanonicalFields, CanonicalValue, CrmObject } from '#domain/record/objects.ts';
import type { RefusedRecord, StoredRecord } from '#domain/record/stored-record.ts';
import type { Tier } from '#domain/tier/tier.ts';
import type { AccountListStore } from './account-list.ts';
import type { AuditStore } from './audit.ts';
import type { ConfigurationStore } from './configuration.ts';
import type { ConnectingStore } from './connecting.ts';
import type { OwnWrites, RowError } from './crm.ts';
import type { ForgettingStore } from './forgetting.ts';
import type {
  JudgementStore,
  KeyedReference,
  KeyHistoryStore,
  KeyQuestion,
  KeyQuestionStore,
} from './judgements.ts';
import type { MemoryToKeep, StoredMemory } from './match-memory.ts';
import type { PeopleStore } from './people.ts';
import type { StoredTokens } from './tokens.ts';

/** Any JSON document; the store gives back what it was given. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface Store {
  readonly runs: RunStore;
  readonly pulls: PullStore;
  readonly records: RecordStore;
  readonly keys: KeyStore;
  readonly judgements: JudgementStore;
  readonly keyQuestions: KeyQuestionStore;
  readonly keyHistory: KeyHistoryStore;
  readonly sources: SourceStore;
  readonly dossiers: DossierStore;
  readonly plans: PlanStore;
  readonly tokens: StoredTokens;
  readonly connecting: ConnectingStore;
  readonly accounts: AccountListStore;
  readonly people: PeopleStore;
  readonly audit: AuditStore;
  readonly configuration: ConfigurationStore;
  readonly touched: TouchedStore;
  readonly forgetting: ForgettingStore;
  close(): Promise<void>;
}

// ── runs ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export const RUN_MODES = ['live', 'dry-run', 'approved'] as const;
export type RunMode = (typeof RUN_MODES)[number];
export const RUN_STATUSES = ['running', 'done', 'failed', 'held', 'stopped', 'interrupted'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export interface RunStart {
  readonly id: string;
  readonly mode: RunMode;
  readonly asOf: string;
  readonly startedAt: string;
  readonly policyHash: string;
  /** Version in the database by file, of those that came from there; a run of an older Tierline says none. */
  readonly configuration?: Readonly<Record<string, number>>;
  readonly connections: readonly string[];
  /** What the person asked for, to show again. */
  readonly options: Json;
}

export interface RunRecord extends RunStart {
  readonly status: RunStatus;
  readonly finishedAt: string | null;
  /** The `--json` document of the run; null while it is running. */
  readonly report: Json | null;
}

export interface RunStore {
  /**
   * Takes the workspace's one run lock and returns its release. Null when another live process holds it; a crashed
   * process holds nothing. Runs that a crash left `running` are marked `interrupted`. `onLost`: the database took the lock
   * away (its connection broke), and another run may begin.
   */
  lock(onLost?: () => void): Promise<(() => Promise<void>) | null>;
  start(run: RunStart): Promise<void>;
  finish(id: string, status: RunStatus, finishedAt: string, report: Json): Promise<void>;
  find(id: string): Promise<RunRecord | null>;
  /** Newest first. */
  list(limit: number): Promise<readonly RunRecord[]>;
  /** The latest finished run that was not a dry run. */
  lastApplied(): Promise<RunRecord | null>;
}

// ── touched records ────────────────────────────────────────────────────────────────────────────────────────────────

/** A record that somebody changed in the CRM, as a webhook or a poll reported it. */
export interface TouchedRecord {
  readonly connection: string;
  readonly object: CrmObject;
  readonly id: string;
}

export interface StoredTouch extends TouchedRecord {
  /** Grows with each report: a record that is reported again while a run is at it stays. */
  readonly number: number;
}

export interface TouchedStore {
  /** Durable before it resolves. A record that is reported twice stands there once. */
  add(records: readonly TouchedRecord[]): Promise<void>;
  /** Oldest report first. */
  list(): Promise<readonly StoredTouch[]>;
  /** Those that were not reported again since they were listed. */
  remove(touches: readonly StoredTouch[]): Promise<void>;
  /** Where the next poll of an object goes on, and when the last one was; null before the first. */
  lastPoll(
    connection: string,
    object: CrmObject,
  ): Promise<{ readonly cursor: string; readonly polledAt: string } | null>;
  movePollCursor(connection: string, object: CrmObject, cursor: string): Promise<void>;
}

// ── pulls ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface StoredOwnWrites extends OwnWrites {
  readonly id: number;
  /** A pull left it out and moved past it: it is owed a read. */
  readonly skipped: boolean;
}

export interface PullStore {
  cursor(connection: string, object: CrmObject): Promise<string | null>;
  /** `fieldsHash` names the set of CRM fields that were read: another set makes the cursor useless. */
  moveCursor(connection: string, object: CrmObject, cursor: string, fieldsHash: string): Promise<void>;
  fieldsHash(connection: string, object: CrmObject): Promise<string | null>;
  forgetCursors(connection: string): Promise<void>;
  /** Stretches of our own writes not yet settled, oldest first. */
  ownWrites(connection: string, object: CrmObject): Promise<readonly StoredOwnWrites[]>;
  addOwnWrites(connection: string, object: CrmObject, writes: OwnWrites): Promise<void>;
  settleOwnWrites(ids: readonly number[]): Promise<void>;
  skipOwnWrites(ids: readonly number[]): Promise<void>;
}

// ── records ────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface PutCounts {
  readonly inserted: number;
  readonly changed: number;
  readonly unchanged: number;
}

export interface RecordQuery {
  readonly connection?: string;
  readonly object: CrmObject;
  readonly ids?: readonly string[];
  /** Default: live records only. */
  readonly withDeleted?: boolean;
}

export interface KeyedRecord extends StoredRecord {
  readonly companyKey: string | null;
}

export interface RecordStore {
  /**
   * Inserts or replaces, one transaction a call, by COPY. Repeats within a call: the last wins. A record whose stored
   * `modifiedAt` is newer than the given one is left alone and counts as unchanged.
   */
  put(run: string, records: readonly StoredRecord[]): Promise<PutCounts>;
  /** After a full pull: ids of live records of the object that this run did not put. */
  unseen(run: string, connection: string, object: CrmObject): Promise<readonly string[]>;
  /** After a full pull: live records of the object that this run did not put are marked deleted; returns how many. */
  deleteUnseen(run: string, connection: string, object: CrmObject): Promise<number>;
  /**
   * A merge in the CRM: `oldId` lives on as `newId`. Remembers the alias and moves ledger, key membership, used keys and
   * whatever points at the old account (contacts, opportunities, tasks, programs in our copy) to the survivor; the old
   * record is marked deleted.
   */
  merge(connection: string, object: CrmObject, oldId: string, newId: string): Promise<void>;
  refuse(run: string, refused: readonly RefusedRecord[]): Promise<void>;
  refused(run: string): AsyncIterable<RefusedRecord>;
  /** Ordered by connection, then id. */
  stream(query: RecordQuery): AsyncIterable<KeyedRecord>;
  count(connection: string, object: CrmObject): Promise<number>;
  /** Live leads of a connection, all or those of these companies. */
  leads(connection: string, keys: readonly string[] | null): AsyncIterable<LedgeredRecord>;
  /** Job titles of live contacts as they are written, each with how many contacts bear it; in no order. */
  titles(): AsyncIterable<{ readonly title: string; readonly contacts: number }>;
  /** Accounts by CRM id (old ids too), company key, domain (exact) or name (exact, case-insensitive). */
  findAccounts(text: string): Promise<readonly KeyedRecord[]>;
}

// ── keys ───────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface Membership {
  readonly connection: string;
  readonly object: CrmObject;
  readonly id: string;
  readonly key: string | null;
  readonly family: string | null;
  readonly evidence: readonly string[];
  readonly confidence: number;
  readonly review: boolean;
}

export type KeyEvent =
  | { readonly kind: 'mint'; readonly key: string; readonly reason?: string }
  | { readonly kind: 'merge'; readonly key: string; readonly into: string; readonly reason?: string }
  | { readonly kind: 'split'; readonly key: string; readonly from: string; readonly reason?: string };

/** Something by which a source row may name a company: `domain`, `identifier` (`scheme:value`), `name_country` (`core|CC`). */
export interface KeyAnchor {
  readonly kind: 'domain' | 'identifier' | 'name_country';
  readonly value: string;
  /** Null: no company any more, in a partial assignment. */
  readonly key: string | null;
}

/** An assignment that moves more than this share of the records that have a key, and at least so many, waits for approval. */
export interface MoveLimit {
  readonly share: number;
  readonly fromRecords: number;
}

export interface KeyMoves {
  /** Records that had a key and get another or none. */
  readonly moved: number;
  /** Records that had a key. */
  readonly keyed: number;
}

export interface KeyProposal extends KeyMoves {
  readonly events: readonly KeyEvent[];
  readonly records: readonly {
    readonly record: KeyedReference;
    readonly from: string;
    readonly to: string | null;
    readonly evidence: readonly string[];
  }[];
}

export interface AssignOptions {
  /** Replaces the questions of the assignment before. */
  readonly questions?: AsyncIterable<KeyQuestion>;
  /** Left out: nothing waits. */
  readonly limit?: MoveLimit;
  /**
   * Given: the memberships are only those that differ from what is stored, these records lose theirs, and of the anchors only
   * the values given change. Left out: memberships and anchors are all there are.
   */
  readonly removed?: readonly KeyedReference[];
  /** Kept with the assignment; left out, what was remembered is forgotten. */
  readonly memory?: MemoryToKeep;
}

/** A key that a record had before: it came back from the bin, or the CRM merged it into `heir`. */
export interface FormerKey {
  readonly record: KeyedReference;
  readonly key: string;
  readonly heir: KeyedReference;
}

/** By what a lead names its company; the domains first. */
export interface LeadReference {
  readonly connection: string;
  readonly id: string;
  readonly domains: readonly string[];
  /** As in key anchors. */
  readonly nameCountry: string | null;
}

export interface KeyStore {
  /** True when an account or contact changed in what matching reads since keys were last assigned. */
  isStale(matcherVersion: string): Promise<boolean>;
  /** `of`: of these records alone. */
  memberships(of?: readonly KeyedReference[]): AsyncIterable<Membership>;
  /** Every key ever minted; `born` grows with time, `successor` is the key that took its place in a merge. `keys`: these and their successors. */
  minted(
    keys?: readonly string[],
  ): AsyncIterable<{ readonly key: string; readonly born: number; readonly successor: string | null }>;
  /** Keys of accounts that have no membership now: restored ones, and those merged away in the CRM (once, for their heirs). `heirs`: those of these accounts alone. */
  formerKeys(heirs?: readonly KeyedReference[]): AsyncIterable<FormerKey>;
  /** What matching remembers, with what changed since; null when it has to read every record. */
  memory(version: string): Promise<StoredMemory | null>;
  /**
   * Replaces memberships (history kept), minted and merged keys, anchors and questions, in one transaction. Then sets the company
   * key of every account and contact, and of opportunities, roles, tasks and programs through their account or
   * opportunity. A merged key's tier state moves to the survivor when that has none. Over the limit nothing of this
   * happens: the assignment is kept with the run until `adoptProposal`, keys stay stale, and the moves are returned.
   */
  assign(
    run: string,
    matcherVersion: string,
    memberships: AsyncIterable<Membership>,
    events: readonly KeyEvent[],
    anchors: AsyncIterable<KeyAnchor>,
    options?: AssignOptions,
  ): Promise<KeyMoves | null>;
  /** What became of the assignment that a run proposed; null when it proposed none. */
  proposal(run: string): Promise<'waiting' | 'adopted' | 'outdated' | null>;
  /** The latest run whose proposal waits. */
  waitingProposal(): Promise<string | null>;
  /** When what waits rests on the records as they are now and is over the limit, this run proposes the same; its moves. */
  proposeAgain(run: string, matcherVersion: string, limit: MoveLimit): Promise<KeyMoves | null>;
  /** What a run proposes, while it waits; at most `limit` records. */
  readProposal(run: string, limit: number): Promise<KeyProposal | null>;
  /** Puts a waiting proposal in force for the records that still live. Keys are stale afterwards. */
  adoptProposal(from: string, run: string): Promise<void>;
  /** Sets the company key of these leads, by the anchors of the last assignment. */
  keyLeads(leads: AsyncIterable<LeadReference>): Promise<void>;
  /** Live records of a connection that have a key, and those among them that a person should look at. */
  count(
    connection: string,
  ): Promise<{ readonly account: number; readonly contact: number; readonly uncertain: number }>;
  /** The live key that `key` stands for now (through merges); null when it was never minted. */
  resolve(key: string): Promise<string | null>;
}

// ── sources ────────────────────────────────────────────────────────────────────────────────────────────────────────

export const SOURCE_KINDS = [
  'intent-scores',
  'intent-counts',
  'intent-signals',
  'engagement',
  'firmographics',
  'transactions',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** How a row names its company; the first that resolves decides, in the order of the fields here. */
export interface CompanyReference {
  readonly companyKey: string | null;
  readonly crm: { readonly connection: string | null; readonly id: string } | null;
  readonly identifiers: readonly string[];
  readonly domain: string | null;
  readonly nameCountry: string | null;
}

export interface SourceRow {
  /** 1-based line or record number in the file, for messages. */
  readonly rowNumber: number;
  readonly company: CompanyReference;
  /** Lower-cased; engagement only. */
  readonly email: string | null;
  /** Day or moment of the row, ISO; null where the kind has none. */
  readonly at: string | null;
  /** The row's own columns under their canonical names. */
  readonly fields: CanonicalFields;
}

export interface RefusedSourceRow {
  readonly rowNumber: number;
  readonly reason: string;
}

export interface SourceLoad {
  readonly source: string;
  readonly kind: SourceKind;
  readonly method: string | null;
  /** Content hash of file and settings: the same one is not loaded again. */
  readonly fingerprint: string;
  readonly loadedAt: string;
}

export interface SourceLoadResult extends SourceLoad {
  readonly rows: number;
  readonly refused: number;
  /** Rows of the load that a run was last carried out with; null when there is none. */
  readonly previousRows: number | null;
}

export interface SourceStore {
  lastLoad(source: string): Promise<SourceLoadResult | null>;
  /**
   * Replaces the source's rows in one transaction, by COPY. `rows` yields good and refused rows in file order; an error
   * it throws leaves the earlier load standing.
   */
  load(
    load: SourceLoad,
    rows: AsyncIterable<{ readonly row: SourceRow } | { readonly refused: RefusedSourceRow }>,
  ): Promise<SourceLoadResult>;
  /** Forgets sources that the workspace no longer names. */
  keepOnly(sources: readonly string[]): Promise<void>;
  /** Joins rows to company keys by CRM id, identifier, domain, name and country; contacts' e-mail as the last resort. */
  resolve(): Promise<{ readonly resolved: number; readonly unresolved: number }>;
  refused(source: string): AsyncIterable<RefusedSourceRow>;
  /** Distinct values of a canonical column over all rows of these kinds: how many topics there are. */
  distinct(kinds: readonly SourceKind[], field: string): Promise<readonly string[]>;
  /** Companies that have a row of the source at this moment or later, in the order of their keys. */
  companiesSince(source: string, since: string): Promise<readonly string[]>;
  /** The earliest `at` of a source; null when it has no rows. */
  firstAt(source: string): Promise<string | null>;
}

// ── one company at a time ──────────────────────────────────────────────────────────────────────────────────────────

export interface LedgeredRecord extends KeyedRecord {
  /** What we last wrote, by canonical field; empty when we never wrote the record. */
  readonly lastWritten: CanonicalFields;
}

export interface KeyedSourceRow extends SourceRow {
  readonly source: string;
  readonly kind: SourceKind;
  readonly method: string | null;
}

/** A key of a created record (task, program): `sent` may or may not have reached the CRM. */
export interface UsedKey {
  readonly connection: string;
  readonly object: CrmObject;
  readonly key: string;
  readonly accountId: string | null;
  readonly status: 'sent' | 'written';
  readonly recordId: string | null;
}

/** Everything known of one company, over all connections. */
export interface CompanyDossier {
  readonly companyKey: string;
  /** Live records only, except tasks and programs, which come deleted too. */
  readonly accounts: readonly LedgeredRecord[];
  readonly contacts: readonly LedgeredRecord[];
  readonly opportunities: readonly KeyedRecord[];
  readonly opportunityRoles: readonly KeyedRecord[];
  readonly tasks: readonly LedgeredRecord[];
  readonly programs: readonly LedgeredRecord[];
  readonly sourceRows: readonly KeyedSourceRow[];
  readonly usedKeys: readonly UsedKey[];
  /** As last saved by a run that was applied; null for a company never tiered. */
  readonly tierState: Json | null;
}

export interface WonOpportunity {
  readonly companyKey: string;
  readonly connection: string;
  readonly opportunity: CanonicalFields;
  /** The account's own fields in that connection. */
  readonly account: CanonicalFields;
}

export interface DossierStore {
  /** Ordered by company key, read in step from ordered cursors: memory holds one company. `keys`: just those. */
  stream(query?: { readonly keys?: readonly string[] }): AsyncIterable<CompanyDossier>;
  wonOpportunities(): AsyncIterable<WonOpportunity>;
}

// ── plans ──────────────────────────────────────────────────────────────────────────────────────────────────────────

export interface CompanyResult {
  readonly companyKey: string;
  readonly tierState: Json;
  /** Everything that `explain` shows. */
  readonly evaluation: Json;
  /** What the company claims of a limited tier; absent or null when it claims nothing. */
  readonly slot?: Json | null;
}

export interface PastTier {
  readonly companyKey: string;
  readonly tier: Tier;
  /** The code of the rule by which the tier was reached. */
  readonly rule: string;
}

/** Rows go in by COPY; nothing is visible before `commit`. */
export interface PlanWriter {
  addChange(change: PlannedChange): Promise<void>;
  addResult(result: CompanyResult): Promise<void>;
  /** `true`: the results become the companies' state at once; `false`: they wait with the plan (dry run, held). */
  commit(adoptResults: boolean): Promise<void>;
  abort(): Promise<void>;
}

export interface StoredChange extends PlannedChange {
  readonly run: string;
  readonly status: ChangeStatus;
  readonly error: RowError | null;
}

export interface ChangeQuery {
  readonly run: string;
  readonly connection?: string;
  readonly object?: CrmObject;
  readonly verb?: PlannedVerb;
  readonly status?: ChangeStatus;
  /** Only what follows this change in the order of `stream`. */
  readonly after?: Pick<StoredChange, 'connection' | 'object' | 'accountId' | 'id'>;
}

export type SettledChange =
  | {
      readonly changeId: string;
      readonly status: 'written';
      readonly recordId: string;
      readonly writtenAt: string | null;
    }
  | { readonly changeId: string; readonly status: 'failed' | 'skipped'; readonly error: RowError };

export interface PlanStore {
  openWriter(run: string): Promise<PlanWriter>;
  /** Adopts the results that wait with a held or dry run's plan. */
  adoptResults(run: string): Promise<void>;
  /** Ordered by connection, object, account id, change id. */
  stream(query: ChangeQuery): AsyncIterable<StoredChange>;
  count(query: ChangeQuery): Promise<number>;
  /** Copies the unsettled changes of `from` into `to` as planned: an approved run applies them under its own id. */
  adoptChanges(from: string, to: string): Promise<void>;
  /** Durable before it resolves. Creates also enter the used keys as `sent`. */
  markSent(run: string, changeIds: readonly string[]): Promise<void>;
  /**
   * One transaction: outcomes; for written ones the ledger, our copy of the record (fields and `modifiedAt` when
   * `writtenAt` is given; created records are inserted) and used keys as `written`. A failed create's key is free again.
   */
  settle(run: string, outcomes: readonly SettledChange[]): Promise<void>;
  /** What `explain` shows of a company, as last adopted or, given a run, as that run computed it. */
  evaluation(
    companyKey: string,
    run?: string,
  ): Promise<{ readonly run: string; readonly evaluation: Json } | null>;
  /** The claims of all companies that have an account, as last adopted; in no order. */
  slots(): AsyncIterable<{ readonly companyKey: string; readonly slot: Json }>;
  /** What people were shown at that moment, since a run was first applied; ordered by company key. */
  tiersAsOf(asOf: string): AsyncIterable<PastTier>;
  /** What we last wrote to one field; undefined when we never did. */
  ledgerValue(
    connection: string,
    object: CrmObject,
    id: string,
    field: string,
  ): Promise<CanonicalValue | undefined>;
}
