// Counts where companies stand by the policy as it is and by another: the matrix, what each owner would carry, what the menus
// would cost. Counts only; memory holds no company.
import { menuCost } from '#domain/program/menu-cost.ts';
import type { Program } from '#domain/program/program.ts';
import type { Hold } from '#domain/tier/advance-tier.ts';
import { isRanked, RANKED_TIERS, type RankedTier, TIERS, type Tier } from '#domain/tier/tier.ts';

export type TierCounts = Readonly<Record<Tier, number>>;

export interface Movement {
  readonly from: Tier;
  readonly to: Tier;
  readonly companies: number;
}

export interface OwnerLoads {
  /** `<connection>:<id>` */
  readonly owner: string;
  readonly before: Readonly<Record<RankedTier, number>>;
  readonly after: Readonly<Record<RankedTier, number>>;
}

export interface MenuCosts {
  readonly tier: RankedTier;
  /** A quarter's whole menu for one account. */
  readonly each: number;
  readonly before: number;
  readonly after: number;
}

export interface TalliedMove {
  readonly from: Tier;
  readonly to: Tier;
  readonly owner: string | null;
  readonly hold: Hold | null;
}

export interface MovementTally {
  add(move: TalliedMove): void;
  readonly companies: () => number;
  readonly moved: () => number;
  readonly before: () => TierCounts;
  readonly after: () => TierCounts;
  /** Only what moves, in the order of the tiers. */
  readonly movements: () => readonly Movement[];
  /** Of those that move; `none`: it shows with the next nightly run. */
  readonly holds: () => Readonly<Record<string, number>>;
  /** In the order of their names. */
  readonly owners: () => readonly OwnerLoads[];
  readonly costs: (programs: readonly Program[]) => readonly MenuCosts[];
}

export function createMovementTally(): MovementTally {
  const cells = new Map<string, number>();
  const holds = new Map<string, number>();
  const owners = new Map<string, { before: Record<RankedTier, number>; after: Record<RankedTier, number> }>();
  const countOf = (from: Tier, to: Tier) => cells.get(`${from}\n${to}`) ?? 0;
  const sum = (keep: (from: Tier, to: Tier) => boolean) =>
    TIERS.reduce(
      (total, from) => total + TIERS.reduce((row, to) => row + (keep(from, to) ? countOf(from, to) : 0), 0),
      0,
    );
  const before = () => byTier((tier) => sum((from) => from === tier));
  const after = () => byTier((tier) => sum((_, to) => to === tier));
  return {
    add({ from, to, owner, hold }) {
      cells.set(`${from}\n${to}`, countOf(from, to) + 1);
      if (from !== to) holds.set(hold ?? 'none', (holds.get(hold ?? 'none') ?? 0) + 1);
      if (owner === null || (!isRanked(from) && !isRanked(to))) return;
      const load = owners.get(owner) ?? { before: noLoad(), after: noLoad() };
      if (isRanked(from)) load.before[from] += 1;
      if (isRanked(to)) load.after[to] += 1;
      owners.set(owner, load);
    },
    companies: () => sum(() => true),
    moved: () => sum((from, to) => from !== to),
    before,
    after,
    movements: () =>
      TIERS.flatMap((from) =>
        TIERS.flatMap((to) => {
          const companies = from === to ? 0 : countOf(from, to);
          return companies === 0 ? [] : [{ from, to, companies }];
        }),
      ),
    holds: () => Object.fromEntries([...holds].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    owners: () =>
      [...owners]
        .map(([owner, load]) => ({ owner, ...load }))
        .toSorted((a, b) => (a.owner < b.owner ? -1 : 1)),
    costs: (programs) =>
      RANKED_TIERS.map((tier) => {
        const each = menuCost(programs, tier);
        return { tier, each, before: each * before()[tier], after: each * after()[tier] };
      }),
  };
}

function byTier(count: (tier: Tier) => number): TierCounts {
  return Object.fromEntries(TIERS.map((tier) => [tier, count(tier)])) as Record<Tier, number>;
}

function noLoad(): Record<RankedTier, number> {
  return { 'Tier 1': 0, 'Tier 2': 0, 'Tier 3': 0 };
}
