// What a run tells when it is over (contract, section 3): every planned record is counted once, and nothing is silent.
import type { Tier } from '#domain/tier/tier.ts';
import type { CrmKind } from '#mapping/fields/crm-mapping.ts';
import type { RunMode } from '#ports/store.ts';

export interface SyncReport {
  readonly schema: 'tierline.sync/1';
  readonly run: string;
  readonly mode: RunMode;
  readonly asOf: string;
  readonly held: HeldReason | null;
  readonly ignored: { readonly futureEvents: number; readonly sourceRows: number };
  readonly connections: readonly ConnectionReport[];
  readonly failures: readonly Failure[];
  /** What a manager should know though nothing failed; left out when there is nothing. */
  readonly alerts?: readonly Alert[];
  readonly durationMs: number;
}

export interface HeldReason {
  readonly reason: string;
  readonly share: number;
  readonly limit: number;
}

export const ALERT_CODES = ['over_capacity'] as const;

export interface Alert {
  readonly code: (typeof ALERT_CODES)[number];
  readonly message: string;
  readonly next: string;
}

export interface ConnectionReport {
  readonly id: string;
  readonly crm: CrmKind;
  readonly pulled: {
    readonly account: number;
    readonly contact: number;
    readonly opportunity: number;
    /** Where leads are mapped. */
    readonly lead?: number;
  };
  readonly keyed: { readonly account: number; readonly contact: number; readonly uncertain: number };
  readonly tiers: Readonly<Record<Tier, number>>;
  readonly changes: {
    readonly account: { readonly update: number };
    readonly contact: { readonly update: number };
    readonly lead?: { readonly update: number };
    readonly task: { readonly create: number; readonly close: number };
    readonly program: { readonly create: number; readonly update: number };
  };
  readonly written: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly failed: number;
  readonly calls: { readonly read: number; readonly write: number };
}

export interface Failure {
  readonly connection: string;
  /** `connection` when it failed as a whole, `source` for a source row. */
  readonly object: string;
  readonly id: string | null;
  readonly field: string | null;
  readonly code: string;
  readonly message: string;
  readonly retry: 'never' | 'later';
  readonly next: string;
}

/** The report with the exit code of its worst cause. */
export interface SyncResult {
  readonly report: SyncReport;
  /** Exit codes of everything that went wrong, in no order; empty when all went well. */
  readonly causes: readonly number[];
}
