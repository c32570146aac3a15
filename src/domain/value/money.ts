// Money in the workspace's one currency. An unknown currency makes a value unknown, never wrong.
import { roundToHundredth } from './round.ts';

export interface MoneyRates {
  /** ISO 4217. */
  readonly currency: string;
  /** What one unit of the named currency is in `currency`. */
  readonly rates: Readonly<Record<string, number>>;
}

/** `from` null means the workspace's own currency. What was converted is rounded to hundredths. */
export function toWorkspaceMoney(
  amount: number,
  from: string | null,
  { currency, rates }: MoneyRates,
): number | null {
  const code = from?.trim().toUpperCase() ?? currency;
  if (code === currency || code === '') return amount;
  const rate = rates[code];
  return rate === undefined ? null : roundToHundredth(amount * rate);
}
