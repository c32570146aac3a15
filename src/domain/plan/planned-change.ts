// One record that Tierline wants to change in a CRM: every field with the live value, the wanted value and why.
import type { CanonicalValue, CrmObject } from '#domain/record/objects.ts';

export interface FieldChange {
  /** Canonical name. */
  readonly field: string;
  /** What the CRM holds now. */
  readonly now: CanonicalValue;
  readonly after: CanonicalValue;
  readonly why: string;
}

export const CHANGE_VERBS = ['create', 'update', 'close', 'delete'] as const;
export type PlannedVerb = (typeof CHANGE_VERBS)[number];

export interface PlannedChange {
  /** Unique within a run, stable for the same run, object and record. */
  readonly id: string;
  readonly connection: string;
  readonly object: CrmObject;
  readonly verb: PlannedVerb;
  /** Null for a create. */
  readonly recordId: string | null;
  /** The account that the record is or hangs on. */
  readonly accountId: string | null;
  readonly companyKey: string;
  /** The record's name, for people. */
  readonly name: string | null;
  readonly fields: readonly FieldChange[];
  /** For creates: the key that stands in the CRM and is never used twice. */
  readonly idempotencyKey: string | null;
  /** An earlier attempt of the same create may have reached the CRM. */
  readonly inDoubt: boolean;
}

export const CHANGE_STATUSES = ['planned', 'sent', 'written', 'failed', 'skipped'] as const;
export type ChangeStatus = (typeof CHANGE_STATUSES)[number];
