// What a company has brought so far and how it pays, from its transactions and won deals. Decides no tier.
import { annualAmount, type Deal } from './deal.ts';
import { wonLastYear } from './estimate-acv.ts';
import { findRenewal, type Renewal } from './find-renewal.ts';
import { accountLifetimeValue, customerLifetimeValue } from './lifetime-value.ts';
import { matchPayments, type PaymentRecord } from './match-payments.ts';
import type { Transaction, TransactionType } from './transaction.ts';
import type { ValuePolicy } from './value-policy.ts';

export interface CustomerEvidence {
  readonly transactions: readonly Transaction[];
  readonly deals: readonly Deal[];
  /** What a field of the account says; null when none does. */
  readonly renewalMs: number | null;
  /** Any source of the workspace brings payments: else an unpaid invoice says nothing. */
  readonly paymentsKnown: boolean;
}

export interface Revenue {
  readonly toDate: number;
  readonly lastYear: number;
  /** Which rows were added up: one kind, or a contract's money would count as ordered, billed and paid. */
  readonly from: TransactionType | 'won_deals';
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly sources: readonly string[];
}

export interface CustomerValue {
  readonly revenue: Revenue;
  /** What a year of it brings now: deals won in the last twelve months, else the revenue of those. */
  readonly annualValue: number;
  readonly lifetime: {
    /** `margin to date + renewal probability × annual value × margin`. */
    readonly account: number;
    /** `ARPA × margin ÷ churn`, the average being this account's. */
    readonly formula: number;
  };
}

export interface CustomerAssessment {
  /** null: nothing was ever bought, as far as is known. */
  readonly value: CustomerValue | null;
  readonly renewal: Renewal | null;
  /** null: no source brings payments, or nothing was billed. */
  readonly payments: PaymentRecord | null;
}

const YEAR_MS = 365 * 86_400_000;

export function assessCustomer(
  evidence: CustomerEvidence,
  asOfMs: number,
  policy: ValuePolicy,
): CustomerAssessment {
  const { transactions, deals } = evidence;
  const revenue = addUpRevenue(transactions, asOfMs, policy) ?? revenueOfDeals(deals, asOfMs, policy);
  const isBilled = transactions.some(({ type }) => type === 'invoice');
  return {
    value: revenue === null ? null : valueOf(revenue, wonLastYear(deals, asOfMs), policy),
    renewal: findRenewal(evidence.renewalMs, deals, policy.lifetime.contractMonths),
    payments:
      evidence.paymentsKnown && isBilled ? matchPayments(transactions, asOfMs, policy.latePayment) : null,
  };
}

function valueOf(revenue: Revenue, wonInLastYear: number, { lifetime }: ValuePolicy): CustomerValue {
  const annualValue = wonInLastYear > 0 ? wonInLastYear : revenue.lastYear;
  return {
    revenue,
    annualValue,
    lifetime: {
      account: accountLifetimeValue(revenue.toDate, annualValue, lifetime),
      formula: customerLifetimeValue(annualValue / 12, lifetime),
    },
  };
}

/** Of the first kind of row that there is any of, in the policy's order. */
function addUpRevenue(
  transactions: readonly Transaction[],
  asOfMs: number,
  { lifetime }: ValuePolicy,
): Revenue | null {
  for (const from of lifetime.revenueFrom) {
    const rows = transactions.flatMap(({ type, amount, occurredAtMs, source }) =>
      type === from && amount !== null && occurredAtMs <= asOfMs
        ? [{ amount, atMs: occurredAtMs, source }]
        : [],
    );
    if (rows.length > 0)
      return {
        from,
        ...addUp(rows, asOfMs),
        sources: [...new Set(rows.map(({ source }) => source))].toSorted(),
      };
  }
  return null;
}

/** Every year of a won deal that has begun, until its term is over. */
function revenueOfDeals(deals: readonly Deal[], asOfMs: number, { lifetime }: ValuePolicy): Revenue | null {
  const rows = deals.flatMap((deal) => {
    const amount = annualAmount(deal);
    const { closeAtMs, isWon } = deal;
    if (!isWon || amount === null || closeAtMs === null || closeAtMs > asOfMs) return [];
    const term = deal.termMonths === null || deal.termMonths <= 0 ? lifetime.contractMonths : deal.termMonths;
    const begun = Math.floor((asOfMs - closeAtMs) / YEAR_MS) + 1;
    const years = Math.min(begun, Math.max(1, Math.ceil(term / 12)));
    return Array.from({ length: years }, (_, year) => ({ amount, atMs: closeAtMs + year * YEAR_MS }));
  });
  return rows.length === 0 ? null : { from: 'won_deals', ...addUp(rows, asOfMs), sources: [] };
}

function addUp(rows: readonly { readonly amount: number; readonly atMs: number }[], asOfMs: number) {
  let toDate = 0;
  let lastYear = 0;
  for (const { amount, atMs } of rows) {
    toDate += amount;
    if (asOfMs - atMs <= YEAR_MS) lastYear += amount;
  }
  const moments = rows.map(({ atMs }) => atMs);
  return { toDate, lastYear, firstAtMs: Math.min(...moments), lastAtMs: Math.max(...moments) };
}
