// What every way of reading HubSpot yields: records, and the portal's own time when it answered.
import type { RawRecord } from '#ports/crm.ts';

export interface ReadPage {
  readonly records: readonly RawRecord[];
  /** Null when the answer carried no `Date`. */
  readonly answeredAt: Date | null;
}
