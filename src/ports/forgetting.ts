// Removes a person from the store. Knows neither SQL nor who asked for it.
import type { AuditEntry } from './audit.ts';

/** A record that stands for a person. */
export interface PersonRecord {
  readonly connection: string;
  readonly object: 'contact' | 'lead';
  readonly id: string;
}

/**
 * By what somebody is named: their addresses, their records, or both. Found are also records that a CRM merged with these, and
 * records of any connection that bear an address of theirs.
 */
export interface NamedPerson {
  /** As people write them. */
  readonly addresses: readonly string[];
  readonly records: readonly PersonRecord[];
}

export const FORGOTTEN_KINDS = [
  /** Contacts and leads of our copy, deleted and merged ones too. */
  'records',
  'opportunityRoles',
  /** Ids that a CRM merged away. */
  'mergedIds',
  /** Which company the records belonged to, belong to and would belong to. */
  'memberships',
  /** What people said of the records' companies, and were asked. */
  'judgements',
  /** What we wrote to the records, as we last wrote it. */
  'written',
  /** Planned changes of the records, with live values and reasons. */
  'changes',
  /** Rows of sources that bear the address. */
  'sourceRows',
  /** Marks of work in hand: reported as changed, seen in a pull, refused, to be matched. */
  'marks',
  /** Rows that stay, without what they said of the person: refused source rows, results, reports. */
  'cleaned',
] as const;
export type ForgottenKind = (typeof FORGOTTEN_KINDS)[number];

export interface ForgettingReport {
  /** Rows by kind. */
  readonly removed: Readonly<Record<ForgottenKind, number>>;
  /** Records that the CRMs held when they were last read: they come back when they are read again. */
  readonly stillIn: readonly PersonRecord[];
  /** Sources whose files hold an address: the next load of the file brings it back. */
  readonly sources: readonly string[];
}

export interface ForgettingStore {
  /** What `forget` would remove; changes nothing. */
  preview(person: NamedPerson): Promise<ForgettingReport>;
  /**
   * One transaction, on disk before it resolves; a second time it removes nothing. Call it with the run lock: a run holds
   * records in memory and would store them again. Keys are stale afterwards.
   */
  forget(person: NamedPerson, audit: (report: ForgettingReport) => AuditEntry): Promise<ForgettingReport>;
  /** For when a run is at work: on disk before it resolves, carried out by `forgetNoted`. */
  note(person: NamedPerson, audit: AuditEntry): Promise<void>;
  /** Forgets everybody who was noted, and the notes. With the run lock. Null: nobody was. */
  forgetNoted(): Promise<ForgettingReport | null>;
}
