// A CRM record as Tierline holds it: canonical fields, never the vendor's.
import type { CanonicalFields, CrmObject } from './objects.ts';

export interface StoredRecord {
  readonly connection: string;
  readonly object: CrmObject;
  /** The CRM's own id; Salesforce ids in the 18-character form. */
  readonly id: string;
  readonly fields: CanonicalFields;
  /** The CRM's change stamp, ISO 8601 UTC; null when the CRM gives none. */
  readonly modifiedAt: string | null;
  readonly deleted: boolean;
}

/** One row that could not be read as a record: kept, counted, shown; it never stops a batch. */
export interface RefusedRecord {
  readonly connection: string;
  readonly object: CrmObject;
  readonly id: string | null;
  readonly field: string | null;
  readonly reason: string;
}
