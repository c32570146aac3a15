// Reads out of a company's records what it bought, paid, and is called: the history by which it is a proven or a lost customer.
import type { CustomerHistory, HistoricDeal, Standing } from '#domain/fit/learn/assign-cohort.ts';
import { containsWord } from '#domain/fit/learn/contains-word.ts';
import type { CyclePolicy } from '#domain/fit/learn/learning-policy.ts';
import { saysCustomer } from '#domain/value/decide-motion.ts';
import { isPipelineLocked } from '#domain/value/is-pipeline-locked.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { CompanyDossier, KeyedRecord } from '#ports/store.ts';
import type { Scoring } from '../score/scoring.ts';

export function readHistory(dossier: CompanyDossier, scoring: Scoring): CustomerHistory {
  const { policy, asOfMs, money } = scoring;
  const deals = dossier.opportunities.map(
    ({ fields }): HistoricDeal => ({
      ...toDeal(fields, money),
      isRenewal: [fields['type'], fields['name']].some(
        (text) => typeof text === 'string' && containsWord(text, policy.learning.cycles.renewalWords),
      ),
    }),
  );
  return {
    deals,
    paid: paidBetween(dossier, asOfMs),
    standing: standingOf(dossier.accounts, policy.learning.cycles),
    hasOpenDeal: isPipelineLocked(deals, asOfMs, policy.stay.opportunityPastDays),
  };
}

/** A customer of the past by anybody's word is one: nobody changes a type to that by oversight. */
function standingOf(accounts: readonly KeyedRecord[], policy: CyclePolicy): Standing {
  const words = accounts.flatMap(({ fields }) =>
    [fields['type'], fields['lifecycleStage']].filter((word) => typeof word === 'string'),
  );
  if (words.some((word) => containsWord(word, policy.formerWords))) return 'former';
  return words.some(saysCustomer) ? 'customer' : 'other';
}

/** Orders, invoices and payments, shipments too: whoever is delivered to is served. */
function paidBetween(dossier: CompanyDossier, asOfMs: number): CustomerHistory['paid'] {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { kind, at } of dossier.sourceRows) {
    if (kind !== 'transactions' || at === null) continue;
    const moment = Date.parse(at);
    if (moment > asOfMs) continue;
    firstMs = Math.min(firstMs, moment);
    lastMs = Math.max(lastMs, moment);
  }
  return lastMs === Number.NEGATIVE_INFINITY ? null : { firstMs, lastMs };
}
