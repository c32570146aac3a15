// What an admin may set about the money an account could bring. Decides nothing itself.
import type { TransactionType } from './transaction.ts';

export const ACV_BANDS = ['large', 'medium', 'small'] as const;
export type AcvBand = (typeof ACV_BANDS)[number];

/** Annual contract values in the workspace's currency from which a band begins. */
export interface AcvCuts {
  readonly large: number;
  readonly medium: number;
}

export interface ValuePolicy {
  readonly bands: AcvCuts;
  /** A band changes only this share past its edge. */
  readonly bandGap: number;
  readonly unknownBand: AcvBand;
  /** From `fromWins` won deals on, percentiles (0-1) of the own won ACV replace `bands`. */
  readonly ownCuts: { readonly fromWins: number; readonly large: number; readonly medium: number };
  /** Won deals of the same industry and size before their median is believed. */
  readonly peerWins: number;
  /** Upper ends (exclusive) of the size classes in which peers are looked for. */
  readonly peerSizes: readonly number[];
  /** `price` null: no estimate by seats. `perEmployee` turns staff into seats where seats are unknown. */
  readonly seats: { readonly price: number | null; readonly perEmployee: number };
  readonly lifetime: LifetimePolicy;
  readonly latePayment: LatePaymentPolicy;
}

/** Shares are 0-1. */
export interface LifetimePolicy {
  readonly grossMargin: number;
  /** Customers lost a month. */
  readonly monthlyChurn: number;
  /** That a contract is renewed for a year; null: what the churn leaves of one. */
  readonly renewalProbability: number | null;
  /** Term of a deal that does not name its own. */
  readonly contractMonths: number;
  /** The first kind of row that a customer has any of is the revenue. */
  readonly revenueFrom: readonly TransactionType[];
}

export interface LatePaymentPolicy {
  /** Days past the due date that are not worth a word. */
  readonly graceDays: number;
  /** Share of an invoice that may stay open for charges and rounding. */
  readonly tolerance: number;
}
