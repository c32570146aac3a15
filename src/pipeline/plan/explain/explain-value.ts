// Where the value of a company comes from: its deals, what it brought, how it pays, when its contract ends.
import { textOf } from '#domain/record/text-of.ts';
import { annualAmount, isOpen } from '#domain/value/deal.ts';
import type { PaymentRecord } from '#domain/value/match-payments.ts';
import type { CompanyDossier, Json } from '#ports/store.ts';
import type { CompanyScore } from '../../score/score-company.ts';

/** Newest first; more of either are counted, not shown. */
const DEALS_SHOWN = 20;
const LATE_SHOWN = 10;

export function explainValue(dossier: CompanyDossier, score: CompanyScore): Readonly<Record<string, Json>> {
  const { acv, motion, deals, customer } = score;
  const { value, renewal, payments } = customer;
  return {
    acv: acv.acv,
    source: acv.source,
    /** Of an estimate in the expand motion: won in the last twelve months and taken off. */
    alreadyWon: acv.alreadyWon,
    motion,
    deals: dossier.opportunities
      .map(({ connection, id, fields }, index): Json & { readonly closeOn: string | null } => {
        const deal = deals[index];
        return {
          connection,
          id,
          state: deal === undefined || isOpen(deal) ? 'open' : deal.isWon ? 'won' : 'lost',
          annual: deal === undefined ? null : rounded(annualAmount(deal)),
          closeOn: textOf(fields, 'closeDate')?.slice(0, 10) ?? null,
        };
      })
      .toSorted((a, b) => ((b.closeOn ?? '') < (a.closeOn ?? '') ? -1 : 1))
      .slice(0, DEALS_SHOWN),
    dealsInAll: dossier.opportunities.length,
    revenue:
      value === null
        ? null
        : {
            toDate: rounded(value.revenue.toDate),
            lastYear: rounded(value.revenue.lastYear),
            from: value.revenue.from,
            sources: [...value.revenue.sources],
            firstOn: dayOf(value.revenue.firstAtMs),
            lastOn: dayOf(value.revenue.lastAtMs),
          },
    lifetime:
      value === null
        ? null
        : {
            annual: rounded(value.annualValue),
            account: rounded(value.lifetime.account),
            byFormula: rounded(value.lifetime.formula),
          },
    payments: payments === null ? null : explainPayments(payments),
    renewal: renewal === null ? null : explainRenewal(renewal, score),
  };
}

function explainRenewal(
  { onMs, from }: NonNullable<CompanyScore['customer']['renewal']>,
  { values }: CompanyScore,
): Json {
  return {
    on: dayOf(onMs),
    from,
    source: from === 'field' ? (values.get('renewalOn')?.source ?? null) : null,
  };
}

function explainPayments({ judged, late, open, overdue }: PaymentRecord): Json {
  return {
    judged,
    late: late.length,
    open: rounded(open),
    overdue: rounded(overdue),
    latest: late.slice(0, LATE_SHOWN).map(({ amount, dueAtMs, paidAtMs, daysLate, source }) => ({
      amount: rounded(amount),
      dueOn: dayOf(dueAtMs),
      paidOn: paidAtMs === null ? null : dayOf(paidAtMs),
      daysLate,
      source,
    })),
  };
}

/** Sums of converted money have more decimals than anybody counts. */
function rounded(amount: number | null): number | null {
  return amount === null ? null : Math.round(amount * 100) / 100;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
