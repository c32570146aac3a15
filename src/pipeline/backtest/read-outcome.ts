// What became of a company between two moments, by the deals of the record that is worked: a deal that stands in both CRMs is one.
import type { CompanyOutcome } from '#domain/tier/backtest/outcome-tally.ts';
import type { MoneyRates } from '#domain/value/money.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { CompanyDossier } from '#ports/store.ts';

/** @param window after `fromMs`, up to and including the day of `toMs` */
export function readOutcome(
  dossier: CompanyDossier,
  connection: string,
  window: { readonly fromMs: number; readonly toMs: number },
  money: MoneyRates,
): CompanyOutcome {
  const within = (moment: number | null) =>
    moment !== null && moment > window.fromMs && moment <= window.toMs;
  const outcome = { won: 0, wonAmount: 0, lost: 0, lostAmount: 0, opened: 0, openedAmount: 0 };
  for (const { connection: where, fields } of dossier.opportunities) {
    if (where !== connection) continue;
    const deal = toDeal(fields, money);
    const amount = Math.max(0, deal.amount ?? 0);
    if (deal.isClosed && within(deal.closeAtMs)) {
      if (deal.isWon) {
        outcome.won += 1;
        outcome.wonAmount += amount;
      } else {
        outcome.lost += 1;
        outcome.lostAmount += amount;
      }
    }
    const { createdAt } = fields;
    if (typeof createdAt === 'string' && within(Date.parse(createdAt))) {
      outcome.opened += 1;
      outcome.openedAmount += amount;
    }
  }
  return outcome;
}
