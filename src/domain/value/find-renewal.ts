// When a customer's contract is to be renewed: what a field says, else the end of the deal that runs longest.
import type { Deal } from './deal.ts';

export interface Renewal {
  /** Milliseconds since 1970, UTC. May be past: then nobody has told of a renewal. */
  readonly onMs: number;
  readonly from: 'field' | 'deal';
}

/** @param contractMonths the term of a deal that does not name its own */
export function findRenewal(
  fieldMs: number | null,
  deals: readonly Deal[],
  contractMonths: number,
): Renewal | null {
  if (fieldMs !== null) return { onMs: fieldMs, from: 'field' };
  const ends = deals.flatMap(({ isWon, closeAtMs, termMonths }) =>
    isWon && closeAtMs !== null
      ? [addMonths(closeAtMs, termMonths === null || termMonths <= 0 ? contractMonths : termMonths)]
      : [],
  );
  return ends.length === 0 ? null : { onMs: Math.max(...ends), from: 'deal' };
}

/** The same day of the month, or its last: a year from 29 February ends on the 28th. */
function addMonths(ms: number, months: number): number {
  const from = new Date(ms);
  const whole = Math.round(months);
  const last = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + whole + 1, 0)).getUTCDate();
  return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + whole, Math.min(from.getUTCDate(), last));
}
