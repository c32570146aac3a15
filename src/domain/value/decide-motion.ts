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
  if (deals.some(({ isWon }) => isWon) || isCustomer(type) || isCustomer(lifecycleStage)) return 'expand';
  return deals.some(isOpen) ? 'convert' : 'acquire';
}

function isCustomer(word: string | null): boolean {
  return word !== null && CUSTOMER.test(normaliseWord(word));
}
