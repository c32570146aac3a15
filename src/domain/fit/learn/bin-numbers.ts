// Parts the numbers of a field into a few classes of about equally many companies, at edges people would choose.
// Refuses to know which cohort is which: classes chosen by their outcome would prove themselves.
import { addCounts, type CohortCounts, NOBODY } from './cohort-counts.ts';
import { edgeAbove } from './round-number-edge.ts';
import type { FieldTally } from './tally-field.ts';

export interface NumberBin {
  /** Both ends inclusive. */
  readonly from: number;
  readonly to: number;
  readonly counts: CohortCounts;
}

/** Ascending; fewer than `bins` where the numbers do not part so finely. */
export function binNumbers(tally: FieldTally, bins: number): readonly NumberBin[] {
  const classes = finestClasses(tally);
  const all = classes.reduce((sum, { counts }) => sum + sizeOf(counts), 0);
  const merged: NumberBin[] = [];
  let open: NumberBin | null = null;
  let before = 0;
  for (const one of classes) {
    open = open === null ? one : { from: open.from, to: one.to, counts: addCounts(open.counts, one.counts) };
    // A class ends where its share of all companies is reached.
    const wanted = ((merged.length + 1) * all) / bins;
    if (before + sizeOf(open.counts) < wanted) continue;
    before += sizeOf(open.counts);
    merged.push(open);
    open = null;
  }
  if (open !== null) merged.push(open);
  return merged;
}

function finestClasses({ numbers, distinctNumbers, isWhole }: FieldTally): readonly NumberBin[] {
  const counted = [...(distinctNumbers ?? numbers)].toSorted(([a], [b]) => a - b);
  return counted.map(([from, counts]) => ({
    from,
    to: distinctNumbers === null ? lastOf(from, isWhole) : from,
    counts,
  }));
}

/** The next edge itself belongs to the class above; only whole numbers have a last one before it. */
function lastOf(edge: number, isWhole: boolean): number {
  if (edge === 0) return 0;
  const next = edgeAbove(edge);
  return isWhole ? Math.max(edge, next - 1) : next;
}

function sizeOf({ proven, lost }: CohortCounts): number {
  return proven + lost;
}

export function mergeBins(bins: readonly NumberBin[]): CohortCounts {
  return bins.map(({ counts }) => counts).reduce(addCounts, NOBODY);
}
