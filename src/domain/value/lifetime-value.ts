// What a customer is worth over the years: by the usual formula from revenue and churn, and for one account from what it has
// brought and what its renewal would bring.
import type { LifetimePolicy } from './value-policy.ts';

/** `ARPA × gross margin ÷ monthly churn`: 2,000 a month at 0.8 and 0.02 is 80,000. */
export function customerLifetimeValue(
  monthlyRevenue: number,
  { grossMargin, monthlyChurn }: LifetimePolicy,
): number {
  return (monthlyRevenue * grossMargin) / monthlyChurn;
}

/** Margin to date, and the margin of one more year as likely as it is to be renewed. */
export function accountLifetimeValue(
  revenueToDate: number,
  annualValue: number,
  policy: LifetimePolicy,
): number {
  return policy.grossMargin * (revenueToDate + renewalProbability(policy) * annualValue);
}

/** The policy's, else what its monthly churn leaves of a year. */
export function renewalProbability({ renewalProbability: given, monthlyChurn }: LifetimePolicy): number {
  return given ?? (1 - monthlyChurn) ** 12;
}
