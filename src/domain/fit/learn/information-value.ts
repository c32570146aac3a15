// Weight of evidence of a value, and information value of an attribute: how well its values tell the cohorts apart.
import { addCounts, type CohortCounts, NOBODY } from './cohort-counts.ts';

interface Shares {
  readonly proven: number;
  readonly lost: number;
}

/** `adjustment` is added to each cell, so that an empty one says much but not everything. SAS takes 0.5 (PROC HPBIN). */
function adjustedShares(cells: readonly CohortCounts[], adjustment: number): readonly Shares[] {
  const all = cells.reduce(addCounts, NOBODY);
  const added = adjustment * cells.length;
  return cells.map(({ proven, lost }) => ({
    proven: (proven + adjustment) / (all.proven + added),
    lost: (lost + adjustment) / (all.lost + added),
  }));
}

/** One a cell: above 0 speaks for a proven customer. The cells part all companies whose value is known. */
export function weightsOfEvidence(cells: readonly CohortCounts[], adjustment: number): readonly number[] {
  return adjustedShares(cells, adjustment).map(({ proven, lost }) => Math.log(proven / lost));
}

/** 0 or more; 0 when the cells tell nothing. */
export function informationValue(cells: readonly CohortCounts[], adjustment: number): number {
  return adjustedShares(cells, adjustment).reduce(
    (sum, { proven, lost }) => sum + (proven - lost) * Math.log(proven / lost),
    0,
  );
}
