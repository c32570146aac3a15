// A way to group records that the matcher is compared with: what a careful team builds in an afternoon.
import type { CompanyRecord } from '#domain/key/company-record.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';

/** Record id → group, null for no company. */
export type Grouping = ReadonlyMap<string, string | null>;

export interface Peer {
  readonly name: string;
  group: (records: readonly CompanyRecord[], rules: KeyRules) => Grouping;
}
