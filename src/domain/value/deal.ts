// A deal as the estimate of a company's value sees it, in the workspace's currency.

export interface Deal {
  /** null when unknown, or in a currency without a rate. */
  readonly amount: number | null;
  /** null: the amount is for a year. */
  readonly termMonths: number | null;
  readonly isClosed: boolean;
  readonly isWon: boolean;
  /** Milliseconds since 1970, UTC. */
  readonly closeAtMs: number | null;
}

/** What the deal brings a year; null when that cannot be said. */
export function annualAmount({ amount, termMonths }: Deal): number | null {
  if (amount === null || amount < 0) return null;
  return termMonths === null || termMonths <= 0 ? amount : (amount * 12) / termMonths;
}

export function isOpen(deal: Deal): boolean {
  return !deal.isClosed && !deal.isWon;
}
