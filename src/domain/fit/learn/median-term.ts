// The median term of the contracts that were won, from how many there are of each. Knows no deal.

export interface TermFacts {
  readonly months: number;
  /** Won deals that say how long they run. */
  readonly deals: number;
}

/** Terms that are none (0, negative, unknown) are not to be counted in; without any the default holds. */
export function medianTerm(dealsByMonths: ReadonlyMap<number, number>, defaultMonths: number): TermFacts {
  const deals = [...dealsByMonths.values()].reduce((sum, one) => sum + one, 0);
  let seen = 0;
  for (const months of [...dealsByMonths.keys()].toSorted((a, b) => a - b)) {
    seen += dealsByMonths.get(months) ?? 0;
    if (seen * 2 >= deals) return { months, deals };
  }
  return { months: defaultMonths, deals: 0 };
}
