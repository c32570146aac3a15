// How many companies of each cohort have an attribute, of those of which it is known. Counts only; judges nothing.

/** P: proven customers. N: lost, or gone within their first cycle. */
export interface CohortCounts {
  readonly proven: number;
  readonly lost: number;
}

/** One attribute value against everybody whose value is known. */
export interface AttributeCounts {
  readonly having: CohortCounts;
  /** At least `having`, cohort by cohort. */
  readonly known: CohortCounts;
}

export function addCounts(a: CohortCounts, b: CohortCounts): CohortCounts {
  return { proven: a.proven + b.proven, lost: a.lost + b.lost };
}

export function withoutCounts(all: CohortCounts, part: CohortCounts): CohortCounts {
  return { proven: all.proven - part.proven, lost: all.lost - part.lost };
}

export const NOBODY: CohortCounts = { proven: 0, lost: 0 };
