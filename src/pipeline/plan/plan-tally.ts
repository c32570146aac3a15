// Counts what planning found: tiers and unchanged records a connection, events after as-of, how many tiers change.
import { isRanked } from '#domain/tier/tier.ts';
import type { ConnectionRun } from '../connection-run.ts';
import type { JudgedCompany } from './judge-company.ts';
import type { CompanyPlan } from './plan-company.ts';
import { noCounts, type PlanCounts } from './plan-outcome.ts';

export interface PlanTally {
  readonly counts: ReadonlyMap<string, PlanCounts>;
  /** Companies that had a tier before, and how many of them change it in a way that is ours. */
  readonly tiered: () => number;
  readonly changing: () => number;
  readonly futureEvents: () => number;
  /** Accounts and contacts looked at. */
  readonly compared: (connection: string) => number;
  add(judged: JudgedCompany, plan: CompanyPlan): void;
}

export function createPlanTally(connections: readonly ConnectionRun[]): PlanTally {
  const counts = new Map(connections.map(({ connected }) => [connected.id, noCounts()]));
  let tiered = 0;
  let changing = 0;
  let futureEvents = 0;
  const compared = new Map<string, number>();
  return {
    counts,
    tiered: () => tiered,
    changing: () => changing,
    futureEvents: () => futureEvents,
    compared: (connection) => compared.get(connection) ?? 0,
    add(judged, plan) {
      const { before, step, score } = judged;
      futureEvents += score.signals.future;
      if (before.tier !== null && (isRanked(before.tier) || isRanked(step.state.tier ?? before.tier))) {
        tiered += 1;
        if (step.state.tier !== before.tier || movesBySlot(judged)) changing += 1;
      }
      for (const [connection, accounts] of plan.accounts) {
        const count = counts.get(connection);
        if (count !== undefined) count.tiers[judged.step.tier] += accounts;
      }
      for (const [connection, records] of plan.compared) {
        compared.set(connection, (compared.get(connection) ?? 0) + records);
      }
      for (const [connection, unchanged] of plan.unchanged) {
        const count = counts.get(connection);
        if (count !== undefined) count.unchanged += unchanged;
      }
    },
  };
}

/** It gets or loses a slot while its own tier stands: owners that were mixed up would move many so. */
function movesBySlot({ before, step }: JudgedCompany): boolean {
  const wasLimited = (before.tierUncapped ?? null) !== null;
  const isLimited = (step.state.tierUncapped ?? null) !== null;
  return before.shownTier !== step.tier && (wasLimited || isLimited);
}
