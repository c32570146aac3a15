// How much more common an attribute is among proven customers than among both cohorts, pulled towards 1 while cells are thin.
import type { AttributeCounts } from './cohort-counts.ts';

/** `prior`: as many companies of the average kind are thought to be there besides. 1 when nobody has the attribute. */
export function shrunkLift({ having, known }: AttributeCounts, prior: number): number {
  const all = known.proven + known.lost;
  const baseRate = all === 0 ? 0 : (having.proven + having.lost) / all;
  if (baseRate === 0 || known.proven + prior === 0) return 1;
  return (having.proven + prior * baseRate) / (known.proven + prior) / baseRate;
}
