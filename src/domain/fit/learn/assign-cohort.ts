// Says what a company's history makes of it: proven customer, lost, or neither. Knows deals and payments, no attribute.
import { type Deal, isOpen } from '#domain/value/deal.ts';
import type { CyclePolicy } from './learning-policy.ts';

export interface HistoricDeal extends Deal {
  readonly isRenewal: boolean;
}

export interface CustomerHistory {
  readonly deals: readonly HistoricDeal[];
  /** First and last order, invoice or payment, milliseconds since 1970; null without any. */
  readonly paid: { readonly firstMs: number; readonly lastMs: number } | null;
  /** What type and lifecycle stage say. */
  readonly standing: Standing;
  /** A deal is being worked on. */
  readonly hasOpenDeal: boolean;
}

export type Standing = 'customer' | 'former' | 'other';

/**
 * `proven` is P; `lost` and `churned` are N. `working`: an open deal decides. `first_cycle`: too early to tell.
 * `undated`: a customer by its type, of which no dated deal says since when. `none`: nothing was ever tried.
 */
export const HISTORIES = ['proven', 'lost', 'churned', 'working', 'first_cycle', 'undated', 'none'] as const;
export type History = (typeof HISTORIES)[number];

export interface CohortVerdict {
  readonly history: History;
  /** Won contract cycles, renewals included. */
  readonly cycles: number;
  /** Proven by the years as a customer alone: no second deal says so. */
  readonly byTenure: boolean;
}

const DAY_MS = 86_400_000;
/** 365.2425 days in 12 months. */
const MONTH_MS = (365.2425 / 12) * DAY_MS;

/** @param medianTermMonths of the deals that say how long they run, else the policy's default */
export function assignCohort(
  history: CustomerHistory,
  medianTermMonths: number,
  asOfMs: number,
  policy: CyclePolicy,
): CohortVerdict {
  const won = wonInOrder(history.deals, asOfMs);
  const { cycles, endMs } = countCycles(won, medianTermMonths, policy);
  const verdict = (named: History, byTenure = false): CohortVerdict => ({
    history: named,
    cycles,
    byTenure,
  });
  if (cycles >= policy.needed) return verdict('proven');

  const startMs = Math.min(won[0]?.closeMs ?? Infinity, history.paid?.firstMs ?? Infinity);
  if (startMs === Infinity) {
    if (history.hasOpenDeal) return verdict('working');
    if (history.standing !== 'other') return verdict('undated');
    return verdict(history.deals.some(isLost) ? 'lost' : 'none');
  }
  const graceMs = policy.lateDays * DAY_MS;
  const termMs = medianTermMonths * MONTH_MS;
  const paidUntilMs = history.paid === null ? -Infinity : history.paid.lastMs + termMs + graceMs;
  const contractUntilMs = endMs === null ? -Infinity : endMs + graceMs;
  const isCustomer =
    history.standing !== 'former' &&
    !lostRenewalAfter(history.deals, won.at(-1)?.closeMs ?? startMs) &&
    (history.standing === 'customer' || asOfMs <= Math.max(paidUntilMs, contractUntilMs));
  if (isCustomer) {
    const isLongstanding = asOfMs - startMs >= policy.tenureTerms * termMs;
    return isLongstanding ? verdict('proven', true) : verdict('first_cycle');
  }
  if (history.hasOpenDeal) return verdict('working');
  // Who went on paying for a second term did not leave within the first.
  const stayedMs = (history.paid?.lastMs ?? startMs) - startMs;
  return verdict(stayedMs < termMs ? 'churned' : 'undated');
}

interface WonDeal {
  readonly closeMs: number;
  readonly termMonths: number | null;
  readonly isRenewal: boolean;
}

/** A close date in the future of a deal that is won counts as today. */
function wonInOrder(deals: readonly HistoricDeal[], asOfMs: number): readonly WonDeal[] {
  return deals
    .flatMap(({ isWon, closeAtMs, termMonths, isRenewal }) =>
      isWon && closeAtMs !== null ? [{ closeMs: Math.min(closeAtMs, asOfMs), termMonths, isRenewal }] : [],
    )
    .toSorted((a, b) => a.closeMs - b.closeMs || (b.termMonths ?? 0) - (a.termMonths ?? 0));
}

/**
 * A deal won near the end of the running contract, or later, begins the next cycle; one in the middle is an expansion, or
 * the same deal in the other CRM. A first deal that is called a renewal had one before it.
 */
function countCycles(
  won: readonly WonDeal[],
  medianTermMonths: number,
  policy: CyclePolicy,
): { readonly cycles: number; readonly endMs: number | null } {
  let cycles = 0;
  let endMs: number | null = null;
  let earliestNextMs = -Infinity;
  for (const { closeMs, termMonths, isRenewal } of won) {
    if (closeMs < earliestNextMs) continue;
    cycles += endMs === null && isRenewal ? 2 : 1;
    const months = termMonths === null || termMonths <= 0 ? medianTermMonths : termMonths;
    const beginsMs = Math.max(closeMs, endMs ?? closeMs);
    // What was signed long after the end begins on its own day.
    endMs = beginsMs + months * MONTH_MS;
    earliestNextMs = endMs - months * MONTH_MS * policy.earlyShare;
  }
  return { cycles, endMs };
}

function isLost(deal: HistoricDeal): boolean {
  return !deal.isWon && !isOpen(deal);
}

function lostRenewalAfter(deals: readonly HistoricDeal[], lastWonMs: number): boolean {
  return deals.some(
    (deal) => isLost(deal) && deal.isRenewal && deal.closeAtMs !== null && deal.closeAtMs > lastWonMs,
  );
}
