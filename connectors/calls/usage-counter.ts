// Counts calls as the contract's section 9 does: reads and writes of records, polls included; all else is `other`.
import type { CrmUsage } from '#ports/crm.ts';
import type { DailyCalls } from './call-budget.ts';

export const CALL_KINDS = ['read', 'write', 'other'] as const;
export type CallKind = (typeof CALL_KINDS)[number];

export interface UsageCounter {
  /** Counts one call that is about to be sent; a repeat is a call of its own. */
  count(kind: CallKind): void;
  usage(daily: DailyCalls | null): CrmUsage;
}

export const createUsageCounter = (): UsageCounter => {
  const calls: Record<CallKind, number> = { read: 0, write: 0, other: 0 };
  return {
    count(kind) {
      calls[kind] += 1;
    },
    usage: (daily) => ({ ...calls, daily }),
  };
};
