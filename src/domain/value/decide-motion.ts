// Says what there is to do with a company: win it, close it, or grow it.
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { type Deal, isOpen } from './deal.ts';

const MOTIONS = ['acquire', 'convert', 'expand'] as const;
export type Motion = (typeof MOTIONS)[number];

/** Starts of account types and lifecycle stages that mean customer: Salesforce's "Customer - Direct" among them. */
const CUSTOMER = /^(?:customer|evangelist)(?:\b|$)/u;

export function decideMotion(
  deals: readonly Deal[],
  type: string | null,
  lifecycleStage: string | null,
): Motion {
  if (deals.some(({ isWon }) => isWon) || saysCustomer(type) || saysCustomer(lifecycleStage)) return 'expand';
  return deals.some(isOpen) ? 'convert' : 'acquire';
}

/** Of an account type or a lifecycle stage. */
export function saysCustomer(word: string | null): boolean {
  return word !== null && CUSTOMER.test(normaliseWord(word));
}
