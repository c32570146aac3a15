// Collects one value a field for a company, each with where it came from and when: the lead account's own, then the other
// records', then the freshest source row's (contract 8, policy 14).
import type { SourcedValue } from '#domain/fit/sourced-value.ts';
import type { CanonicalFields, CanonicalValue } from '#domain/record/objects.ts';
import { type MoneyRates, toWorkspaceMoney } from '#domain/value/money.ts';
import type { CompanyDossier, KeyedSourceRow, LedgeredRecord } from '#ports/store.ts';

export interface ValueSettings {
  readonly money: MoneyRates;
  /** Connection ids in the workspace's order. */
  readonly connectionOrder: readonly string[];
  readonly asOfMs: number;
  readonly sources: ReadonlyMap<string, SourceFacts>;
}

export interface SourceFacts {
  readonly freshDays: number | null;
  readonly currency: string | null;
  /** When the rows without a date of their own count as observed. */
  readonly loadedAtMs: number;
}

export type GatheredValues = ReadonlyMap<string, SourcedValue>;

/** What sources alone say, the freshest row first: for what goes back into the CRM. */
export function gatherEnrichment(dossier: CompanyDossier, settings: ValueSettings): GatheredValues {
  const values = new Map<string, SourcedValue>();
  addSourceValues(values, dossier, settings);
  return values;
}

export function gatherValues(
  dossier: CompanyDossier,
  lead: LedgeredRecord,
  settings: ValueSettings,
): GatheredValues {
  const values = new Map<string, SourcedValue>();
  for (const record of orderRecords(dossier.accounts, lead, settings.connectionOrder)) {
    for (const [field, value] of Object.entries(convertMoney(record.fields, null, settings.money))) {
      if (value !== null && !values.has(field)) {
        values.set(field, { value, source: record.connection, observedAtMs: null, freshDays: null });
      }
    }
  }
  addSourceValues(values, dossier, settings);
  return values;
}

function addSourceValues(
  values: Map<string, SourcedValue>,
  dossier: CompanyDossier,
  settings: ValueSettings,
): void {
  for (const { row, observedAtMs, facts } of freshestRows(dossier.sourceRows, settings)) {
    for (const [field, value] of Object.entries(convertMoney(row.fields, facts.currency, settings.money))) {
      if (value !== null && !values.has(field)) {
        values.set(field, { value, source: row.source, observedAtMs, freshDays: facts.freshDays });
      }
    }
  }
}

function orderRecords(
  accounts: readonly LedgeredRecord[],
  lead: LedgeredRecord,
  connectionOrder: readonly string[],
): readonly LedgeredRecord[] {
  const place = (account: LedgeredRecord) => {
    if (account === lead) return -2;
    return account.connection === lead.connection ? -1 : connectionOrder.indexOf(account.connection);
  };
  return accounts.toSorted((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : 1));
}

function freshestRows(rows: readonly KeyedSourceRow[], settings: ValueSettings) {
  return rows
    .flatMap((row) => {
      const facts = settings.sources.get(row.source);
      if (row.kind !== 'firmographics' || facts === undefined) return [];
      const observedAtMs = row.at === null ? Math.min(facts.loadedAtMs, settings.asOfMs) : Date.parse(row.at);
      return observedAtMs > settings.asOfMs ? [] : [{ row, observedAtMs, facts }];
    })
    .toSorted((a, b) => b.observedAtMs - a.observedAtMs || a.row.rowNumber - b.row.rowNumber);
}

/** The fields with their money in the workspace's currency; null where it has no rate. */
export function convertMoney(
  fields: CanonicalFields,
  sourceCurrency: string | null,
  money: MoneyRates,
): Readonly<Record<string, CanonicalValue>> {
  const { annualRevenue = null, revenueCurrency = null } = fields;
  if (typeof annualRevenue !== 'number') return fields;
  const currency = typeof revenueCurrency === 'string' ? revenueCurrency : sourceCurrency;
  return { ...fields, annualRevenue: toWorkspaceMoney(annualRevenue, currency, money) };
}
