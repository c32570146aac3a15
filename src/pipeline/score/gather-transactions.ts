// Collects what a company ordered, was billed and paid, in the workspace's currency. Adds up nothing.
import { toWorkspaceMoney } from '#domain/value/money.ts';
import { TRANSACTION_TYPES, type Transaction } from '#domain/value/transaction.ts';
import type { CompanyDossier, KeyedSourceRow } from '#ports/store.ts';
import type { Scoring } from './scoring.ts';

/** In the order of the rows; those after as-of among them. */
export function gatherTransactions(dossier: CompanyDossier, scoring: Scoring): readonly Transaction[] {
  return dossier.sourceRows.flatMap((row) => {
    const type = TRANSACTION_TYPES.find((known) => known === row.fields['type']);
    if (row.kind !== 'transactions' || type === undefined || row.at === null) return [];
    const { dueOn = null } = row.fields;
    return [
      {
        type,
        amount: amountInWorkspaceMoney(row, scoring),
        occurredAtMs: Date.parse(row.at),
        dueAtMs: typeof dueOn === 'string' ? Date.parse(dueOn) : null,
        source: row.source,
      },
    ];
  });
}

/** null in a currency without a rate. */
export function amountInWorkspaceMoney(
  { fields, source }: KeyedSourceRow,
  { money, sources }: Scoring,
): number | null {
  const { amount = null, currency = null } = fields;
  if (typeof amount !== 'number') return null;
  const from = typeof currency === 'string' ? currency : (sources.get(source)?.currency ?? null);
  return toWorkspaceMoney(amount, from, money);
}
