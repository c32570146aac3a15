// The decisions by which a company became a customer, or did not: lost deals before the first win, and that win. What came
// after is renewal and expansion, and says nothing about strangers.
import { annualAmount, type Deal, isOpen } from '#domain/value/deal.ts';

export interface FirstDecision {
  readonly isWon: boolean;
  readonly closeAtMs: number;
  /** What the win brings a year; null for a loss, or when unknown. */
  readonly acv: number | null;
}

/** Oldest first. One deal that stands in two CRMs is one: same day, same outcome. */
export function firstDecisions(deals: readonly Deal[]): readonly FirstDecision[] {
  const decided = deals
    .flatMap((deal) =>
      isOpen(deal) || deal.closeAtMs === null
        ? []
        : [{ isWon: deal.isWon, closeAtMs: deal.closeAtMs, acv: deal.isWon ? annualAmount(deal) : null }],
    )
    .toSorted(
      (a, b) => a.closeAtMs - b.closeAtMs || Number(b.isWon) - Number(a.isWon) || (b.acv ?? 0) - (a.acv ?? 0),
    );
  const firstWin = decided.findIndex(({ isWon }) => isWon);
  const first = firstWin === -1 ? decided : decided.slice(0, firstWin + 1);
  return first.filter(
    (one, index) =>
      !first
        .slice(0, index)
        .some(({ isWon, closeAtMs }) => isWon === one.isWon && closeAtMs === one.closeAtMs),
  );
}
