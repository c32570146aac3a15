// The slots of a run: collects what companies claim while they are judged, and gives places once all are known. Memory holds a
// few facts of each company that claims a slot, and nothing of the others.
import {
  applyCapacity,
  type CapacityCandidate,
  type CapacityOutcome,
  type CapacityPlace,
} from '#domain/tier/apply-capacity.ts';
import { takePlace } from '#domain/tier/take-place.ts';
import type { Store } from '#ports/store.ts';
import type { Scoring } from '../score/scoring.ts';
import type { JudgedCompany } from './judge-company.ts';
import { claimSlot, standingClaim } from './slot-claim.ts';

export interface CapacityRound {
  /** True: the company is planned once places are given. Always false while capacity is off. */
  defers(judged: JudgedCompany): boolean;
  /** Companies that were deferred. */
  keys(): readonly string[];
  /** @param lookedAt the companies of the run; null for all */
  givePlaces(store: Store, lookedAt: readonly string[] | null): Promise<CapacityOutcome>;
}

export function openCapacityRound(scoring: Scoring): CapacityRound {
  const { capacity } = scoring.policy;
  const claims: CapacityCandidate[] = [];
  return {
    defers(judged) {
      const claim = capacity.enabled ? claimSlot(judged, scoring) : null;
      if (claim !== null) claims.push(claim);
      return claim !== null;
    },
    keys: () => claims.map(({ id }) => id),
    async givePlaces(store, lookedAt) {
      const others = lookedAt === null || claims.length === 0 ? [] : await claimsOfOthers(store, lookedAt);
      const outcome = applyCapacity([...claims, ...others], capacity);
      // What others hold too many of was told by the run that looked at them.
      const holders = new Set(
        claims.flatMap(({ owner, marketer }) => [`owner\n${owner}`, `marketer\n${marketer}`]),
      );
      return {
        ...outcome,
        overbooked: outcome.overbooked.filter(({ role, holder }) => holders.has(`${role}\n${holder}`)),
      };
    },
  };
}

/** As the last run that looked at them left it. */
async function claimsOfOthers(
  store: Store,
  lookedAt: readonly string[],
): Promise<readonly CapacityCandidate[]> {
  const mine = new Set(lookedAt);
  const others: CapacityCandidate[] = [];
  for await (const { companyKey, slot } of store.plans.slots()) {
    if (!mine.has(companyKey)) others.push(standingClaim(companyKey, slot));
  }
  return others;
}

/** The company as people will see it. @param place null: no limit was in the way, or none is set */
export function placeCompany(judged: JudgedCompany, place: CapacityPlace | null): JudgedCompany {
  const step = takePlace(judged.step, judged.before, place, judged.day);
  return { ...judged, step, state: { ...judged.state, tier: step.state }, place };
}
