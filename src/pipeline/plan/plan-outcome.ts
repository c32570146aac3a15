// What planning tells the report: tiers and unchanged records a connection, what was ignored, whether the run is held.
import { TIER_CODES } from '#domain/plan/tier-codes.ts';
import { TIERS, type Tier } from '#domain/tier/tier.ts';
import type { Store } from '#ports/store.ts';
import type { ConnectionRun } from '../connection-run.ts';
import type { Alert, Failure, HeldReason } from '../sync-report.ts';

export interface PlanCounts {
  readonly tiers: Record<Tier, number>;
  /** Planned records without a change. */
  unchanged: number;
}

export interface PlanOutcome {
  readonly counts: ReadonlyMap<string, PlanCounts>;
  readonly futureEvents: number;
  readonly held: HeldReason | null;
  readonly failures: readonly Failure[];
  readonly alerts: readonly Alert[];
}

export function noCounts(): PlanCounts {
  return {
    tiers: { 'Tier 1': 0, 'Tier 2': 0, 'Tier 3': 0, 'Not tiered': 0, Unscored: 0, Excluded: 0 },
    unchanged: 0,
  };
}

/** For an approved run, which computes nothing: tiers as the CRMs will show them. */
export async function countTiers(store: Store, connections: readonly ConnectionRun[]): Promise<PlanOutcome> {
  const counts = new Map<string, PlanCounts>();
  for (const { connected } of connections) {
    const found = noCounts();
    for await (const account of store.records.stream({ connection: connected.id, object: 'account' })) {
      const tier = TIERS.find((known) => TIER_CODES[known] === account.fields['tier']);
      if (tier !== undefined) found.tiers[tier] += 1;
    }
    counts.set(connected.id, found);
  }
  return { counts, futureEvents: 0, held: null, failures: [], alerts: [] };
}
