// Limits how many accounts of a tier one rep or marketer carries. Takes the tiers as they are; changes no state.
import type { Policy } from './policy.ts';
import type { RankedTier, Tier } from './tier.ts';

export interface CapacityCandidate {
  readonly id: string;
  /** Who works the account; null is nobody's load. */
  readonly owner: string | null;
  readonly marketer: string | null;
  readonly tier: Tier;
  /** The tier shown before this run. */
  readonly previousTier: Tier | null;
  /** By a minimum stay, an open deal or a pin: its slot is taken first and cannot be lost. */
  readonly isLocked: boolean;
  /** Of Ready, Willing, Able, Success potential, 0-12. */
  readonly ratingTotal: number;
  readonly priority: number;
  readonly acv: number | null;
}

export interface CapacityPlace {
  readonly tier: Tier;
  /** What the account would be without a limit. */
  readonly tierUncapped: Tier;
  /** How many wanted the tier it lost, and how many fit; null when it lost none. */
  readonly limit: { readonly tier: RankedTier; readonly wanted: number; readonly cap: number } | null;
}

/** More locked accounts than slots: nobody is demoted, a manager is told. */
export interface Overbooking {
  readonly tier: RankedTier;
  readonly holder: string;
  readonly locked: number;
  readonly cap: number;
}

export interface CapacityOutcome {
  readonly places: ReadonlyMap<string, CapacityPlace>;
  readonly overbooked: readonly Overbooking[];
}

export function applyCapacity(
  candidates: readonly CapacityCandidate[],
  policy: Policy['capacity'],
): CapacityOutcome {
  const places = new Map<string, CapacityPlace>();
  for (const { id, tier } of candidates) places.set(id, { tier, tierUncapped: tier, limit: null });
  const overbooked: Overbooking[] = [];
  if (!policy.enabled) return { places, overbooked };
  const limits = [
    { tier: 'Tier 1', next: 'Tier 2', cap: policy.perRep['Tier 1'], holderOf: ownerOf },
    { tier: 'Tier 1', next: 'Tier 2', cap: policy.tier1PerMarketer, holderOf: marketerOf },
    // What overflows from Tier 1 stands in line with the rest.
    { tier: 'Tier 2', next: 'Tier 3', cap: policy.perRep['Tier 2'], holderOf: ownerOf },
  ] as const;
  for (const { tier, next, cap, holderOf } of limits) {
    const inTier = candidates.filter(({ id }) => places.get(id)?.tier === tier);
    for (const [holder, held] of groupBy(inTier, holderOf)) {
      const locked = held.filter((candidate) => candidate.isLocked && candidate.tier === tier);
      const free = held
        .filter((candidate) => !locked.includes(candidate))
        .toSorted(byRank(tier, policy.incumbentBonus));
      if (locked.length > cap) overbooked.push({ tier, holder, locked: locked.length, cap });
      for (const { id, tier: tierUncapped } of free.slice(Math.max(0, cap - locked.length))) {
        places.set(id, { tier: next, tierUncapped, limit: { tier, wanted: held.length, cap } });
      }
    }
  }
  return { places, overbooked };
}

function ownerOf({ owner }: CapacityCandidate): string | null {
  return owner;
}

function marketerOf({ marketer }: CapacityCandidate): string | null {
  return marketer;
}

function groupBy(
  candidates: readonly CapacityCandidate[],
  holderOf: (candidate: CapacityCandidate) => string | null,
): ReadonlyMap<string, readonly CapacityCandidate[]> {
  const groups = new Map<string, CapacityCandidate[]>();
  for (const candidate of candidates) {
    const holder = holderOf(candidate);
    if (holder === null) continue;
    const group = groups.get(holder);
    if (group === undefined) groups.set(holder, [candidate]);
    else group.push(candidate);
  }
  return groups;
}

/** Rating, priority (with a bonus for who is in already), ACV, then id, so that equal runs give equal lists. */
function byRank(tier: RankedTier, bonus: number) {
  const priorityOf = ({ priority, previousTier }: CapacityCandidate) =>
    priority + (previousTier === tier ? bonus : 0);
  return (a: CapacityCandidate, b: CapacityCandidate): number => {
    if (a.ratingTotal !== b.ratingTotal) return b.ratingTotal - a.ratingTotal;
    const priorities = priorityOf(b) - priorityOf(a);
    if (priorities !== 0) return priorities;
    const values = (b.acv ?? 0) - (a.acv ?? 0);
    if (values !== 0) return values;
    return a.id < b.id ? -1 : 1;
  };
}
