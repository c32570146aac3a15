// Estimates what a company could bring a year, from the best evidence there is, and says which that was.
import { type AcvBenchmarks, peerGroup } from './acv-benchmarks.ts';
import { annualAmount, type Deal, isOpen } from './deal.ts';
import type { Motion } from './decide-motion.ts';
import type { ValuePolicy } from './value-policy.ts';

/** Best first. `default`: nothing is known; the band is the policy's for the unknown. */
const ACV_SOURCES = ['open_opportunity', 'peer_median', 'seats', 'org_median', 'default'] as const;
type AcvSource = (typeof ACV_SOURCES)[number];

export interface AcvEvidence {
  readonly deals: readonly Deal[];
  readonly industry: string | null;
  readonly employees: number | null;
  /** Seats where a field says so; else staff stands in. */
  readonly seats: number | null;
  readonly motion: Motion;
}

export interface AcvEstimate {
  /** null: unknown. In the expand motion what is still to win. */
  readonly acv: number | null;
  readonly source: AcvSource;
  /** Taken off the estimate: won in the last twelve months. 0 outside the expand motion. */
  readonly alreadyWon: number;
}

const YEAR_MS = 365 * 86_400_000;

export function estimateAcv(
  evidence: AcvEvidence,
  benchmarks: AcvBenchmarks,
  policy: ValuePolicy,
  asOfMs: number,
): AcvEstimate {
  const { acv, source } = estimateWhole(evidence, benchmarks, policy);
  if (evidence.motion !== 'expand' || acv === null) return { acv, source, alreadyWon: 0 };
  const alreadyWon = wonLastYear(evidence.deals, asOfMs);
  return { acv: Math.max(0, acv - alreadyWon), source, alreadyWon };
}

function estimateWhole(
  evidence: AcvEvidence,
  benchmarks: AcvBenchmarks,
  policy: ValuePolicy,
): { readonly acv: number | null; readonly source: AcvSource } {
  const open = largestOpen(evidence.deals);
  if (open !== null) return { acv: open, source: 'open_opportunity' };
  const peers = peerGroup(evidence.industry, evidence.employees, policy);
  const median = peers === null ? undefined : benchmarks.peerMedians.get(peers);
  if (median !== undefined) return { acv: median, source: 'peer_median' };
  const { price, perEmployee } = policy.seats;
  const seats = evidence.seats ?? (evidence.employees === null ? null : evidence.employees * perEmployee);
  if (price !== null && seats !== null) return { acv: seats * price, source: 'seats' };
  return benchmarks.orgMedian === null
    ? { acv: null, source: 'default' }
    : { acv: benchmarks.orgMedian, source: 'org_median' };
}

function largestOpen(deals: readonly Deal[]): number | null {
  let largest: number | null = null;
  for (const deal of deals) {
    const annual = isOpen(deal) ? annualAmount(deal) : null;
    if (annual !== null && (largest === null || annual > largest)) largest = annual;
  }
  return largest;
}

/** ACV won in the twelve months up to as-of. */
export function wonLastYear(deals: readonly Deal[], asOfMs: number): number {
  let won = 0;
  for (const deal of deals) {
    if (!deal.isWon || deal.closeAtMs === null) continue;
    const ageMs = asOfMs - deal.closeAtMs;
    if (ageMs >= 0 && ageMs <= YEAR_MS) won += annualAmount(deal) ?? 0;
  }
  return won;
}
