// Reads a deal out of an opportunity's fields: open, won or lost, and in one currency. Knows no CRM's stages by heart but the
// two that every default pipeline has.
import type { CanonicalFields, CanonicalValue } from '#domain/record/objects.ts';
import type { Deal } from './deal.ts';
import { type MoneyRates, toWorkspaceMoney } from './money.ts';

/** The CRM's own flags decide; where it has none, a stage called "closed won" or "closed lost" does. */
export function toDeal(fields: CanonicalFields, rates: MoneyRates): Deal {
  const { amount = null, currency = null, termMonths = null, closeDate = null } = fields;
  return {
    ...dealState(fields),
    amount:
      typeof amount === 'number'
        ? toWorkspaceMoney(amount, typeof currency === 'string' ? currency : null, rates)
        : null,
    termMonths: typeof termMonths === 'number' ? termMonths : null,
    closeAtMs: typeof closeDate === 'string' ? Date.parse(`${closeDate.slice(0, 10)}T00:00:00.000Z`) : null,
  };
}

export function isOpenOpportunity(fields: CanonicalFields): boolean {
  const { isClosed, isWon } = dealState(fields);
  return !isClosed && !isWon;
}

function dealState(fields: CanonicalFields): { readonly isClosed: boolean; readonly isWon: boolean } {
  const { isWon = null, isClosed = null, stage = null } = fields;
  const word = stageWord(stage);
  const won = isWon === null ? word === 'won' : isWon === true;
  return { isWon: won, isClosed: won || (isClosed === null ? word !== 'open' : isClosed === true) };
}

function stageWord(stage: CanonicalValue): 'open' | 'won' | 'lost' {
  const text = String(stage ?? '')
    .toLowerCase()
    .replaceAll(/[\s_-]/gu, '');
  if (text.includes('closedwon')) return 'won';
  return text.includes('closedlost') ? 'lost' : 'open';
}
