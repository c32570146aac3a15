// What the menu of a tier would cost a quarter for one account that orders all of it: the most, not the likely.
import { isRanked, type Tier } from '#domain/tier/tier.ts';
import type { Program, ProgramCycle, ProgramMenu } from './program.ts';

const CYCLES_A_QUARTER: Readonly<Record<ProgramCycle, number>> = { month: 3, quarter: 1, year: 0.25 };
const MENUS = { 'Tier 1': 'tier_1', 'Tier 2': 'tier_2', 'Tier 3': 'tier_3' } as const satisfies Record<
  string,
  ProgramMenu
>;

/** In the workspace's currency; 0 for what is not worked. */
export function menuCost(programs: readonly Program[], tier: Tier): number {
  if (!isRanked(tier)) return 0;
  return programs
    .filter((program) => !program.retired && program.tier === MENUS[tier])
    .reduce((sum, { cost, cycle }) => sum + cost * CYCLES_A_QUARTER[cycle], 0);
}
