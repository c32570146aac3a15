// Says whether an open deal holds a company in its tier: one that is not long forgotten.
import { type Deal, isOpen } from './deal.ts';

const DAY_MS = 86_400_000;

/** An open deal without a close date counts; one whose date is more than `pastDays` past was forgotten. */
export function isPipelineLocked(deals: readonly Deal[], asOfMs: number, pastDays: number): boolean {
  return deals.some(
    (deal) => isOpen(deal) && (deal.closeAtMs === null || (asOfMs - deal.closeAtMs) / DAY_MS <= pastDays),
  );
}
