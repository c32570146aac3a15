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
  /** The tier whose slot it cannot lose: by a minimum stay, an open deal or a person's word. Taken first. */
  readonly lockedTier: RankedTier | null;
  /** First in line among those without a lock. */
  readonly hasOpenDeal: boolean;
  /** False: it waits for another run; a slot that is free is kept for it. */
  readonly mayEnter: boolean;
  /** Of Ready, Willing, Able, Success potential, 0-12. */
  readonly ratingTotal: number;
  readonly priority: number;
  readonly acv: number | null;
}

/** How many wanted a tier of somebody's, and how many fit. */
export interface SlotLimit {
  readonly tier: RankedTier;
  readonly wanted: number;
  readonly cap: number;
}

export interface CapacityPlace {
  readonly tier: Tier;
  /** What the account would be without a limit. */
  readonly tierUncapped: Tier;
  /** One for each tier that it lost, the best first. */
  readonly limits: readonly SlotLimit[];
}

/** More locked accounts than slots: nobody is demoted, a manager is told. */
export interface Overbooking {
  readonly tier: RankedTier;
  readonly role: 'owner' | 'marketer';
  readonly holder: string;
  readonly locked: number;
  readonly cap: number;
}

export interface CapacityOutcome {
  readonly places: ReadonlyMap<string, CapacityPlace>;
  readonly overbooked: readonly Overbooking[];
}

/** The same candidates in any order get the same places. */
export function applyCapacity(
  candidates: readonly CapacityCandidate[],
  policy: Policy['capacity'],
): CapacityOutcome {
  const places = new Map<string, CapacityPlace>();
  for (const { id, tier } of candidates) places.set(id, { tier, tierUncapped: tier, limits: [] });
  const overbooked: Overbooking[] = [];
  if (!policy.enabled) return { places, overbooked };
  // What overflows from Tier 1 stands in line with the rest of Tier 2.
  for (const [tier, next] of [
    ['Tier 1', 'Tier 2'],
    ['Tier 2', 'Tier 3'],
  ] as const) {
    const inTier = candidates.filter(({ id }) => places.get(id)?.tier === tier);
    const slots = openSlots(inTier, tier, policy);
    overbooked.push(...slots.overbooked);
    for (const candidate of inTier
      .filter(({ lockedTier }) => lockedTier !== tier)
      .toSorted(byRank(tier, policy))) {
      const limit = slots.take(candidate);
      const place = places.get(candidate.id);
      if (limit === null || place === undefined) continue;
      places.set(candidate.id, { ...place, tier: next, limits: [...place.limits, limit] });
    }
  }
  return { places, overbooked };
}

interface Slots {
  readonly overbooked: readonly Overbooking[];
  /** Takes a slot of everybody who has to give one; else the limit that was in the way. */
  take(candidate: CapacityCandidate): SlotLimit | null;
}

interface Holder {
  readonly role: Overbooking['role'];
  readonly holder: string;
  readonly cap: number;
  wanted: number;
  locked: number;
  taken: number;
}

function openSlots(
  inTier: readonly CapacityCandidate[],
  tier: 'Tier 1' | 'Tier 2',
  policy: Policy['capacity'],
): Slots {
  const holders = new Map<string, Holder>();
  const holdersOf = ({ owner, marketer }: CapacityCandidate): readonly Holder[] => {
    const asked = [['owner', owner, policy.perRep[tier]] as const];
    const wanted =
      tier === 'Tier 1' ? [...asked, ['marketer', marketer, policy.tier1PerMarketer] as const] : asked;
    return wanted.flatMap(([role, holder, cap]) => {
      if (holder === null) return [];
      const name = `${role}\n${holder}`;
      const known = holders.get(name) ?? { role, holder, cap, wanted: 0, locked: 0, taken: 0 };
      holders.set(name, known);
      return [known];
    });
  };
  for (const candidate of inTier) {
    const isLocked = candidate.lockedTier === tier;
    for (const holder of holdersOf(candidate)) {
      holder.wanted += 1;
      holder.locked += Number(isLocked);
      holder.taken += Number(isLocked);
    }
  }
  return {
    overbooked: [...holders.values()]
      .filter(({ locked, cap }) => locked > cap)
      .map(({ role, holder, locked, cap }) => ({ tier, role, holder, locked, cap })),
    take(candidate) {
      const asked = holdersOf(candidate);
      const full = asked.find(({ taken, cap }) => taken >= cap);
      if (full !== undefined) return { tier, wanted: full.wanted, cap: full.cap };
      for (const holder of asked) holder.taken += 1;
      const [first] = asked;
      // A slot that it may enter in another run is given to nobody behind it in this one.
      if (!candidate.mayEnter && first !== undefined) return { tier, wanted: first.wanted, cap: first.cap };
      return null;
    },
  };
}

/** An open deal, rating, priority (with a bonus for who is in already), ACV, then id, so that equal runs give equal lists. */
function byRank(tier: RankedTier, { incumbentBonus }: Policy['capacity']) {
  const priorityOf = ({ priority, previousTier }: CapacityCandidate) =>
    priority + (previousTier === tier ? incumbentBonus : 0);
  return (a: CapacityCandidate, b: CapacityCandidate): number =>
    Number(b.hasOpenDeal) - Number(a.hasOpenDeal) ||
    b.ratingTotal - a.ratingTotal ||
    priorityOf(b) - priorityOf(a) ||
    (b.acv ?? 0) - (a.acv ?? 0) ||
    (a.id < b.id ? -1 : 1);
}
