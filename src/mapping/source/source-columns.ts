// The columns of each kind of source (contract, section 2): canonical name, type, what is needed and what a value may be.
import { EVENT_TYPES } from '#domain/engagement/engagement-policy.ts';
import type { FieldType } from '#domain/record/objects.ts';
import { TRANSACTION_TYPES } from '#domain/value/transaction.ts';
import type { SourceKind } from '#ports/store.ts';

export interface SourceColumn {
  /** Snake case in files; camelCase as a canonical field. */
  readonly name: string;
  readonly type: FieldType;
  readonly needed?: boolean;
  readonly oneOf?: readonly string[];
  /** Inclusive. */
  readonly from?: number;
  readonly to?: number;
  readonly whole?: boolean;
}

export const SOURCE_COLUMNS: Readonly<Record<SourceKind, readonly SourceColumn[]>> = {
  'intent-scores': [
    { name: 'topic', type: 'text', needed: true },
    { name: 'score', type: 'number', needed: true, from: 0, to: 100 },
    { name: 'observed_on', type: 'datetime', needed: true },
  ],
  'intent-counts': [
    { name: 'topic', type: 'text', needed: true },
    { name: 'week', type: 'date', needed: true },
    { name: 'count', type: 'number', needed: true, from: 0, whole: true },
  ],
  'intent-signals': [
    {
      name: 'signal',
      type: 'choice',
      needed: true,
      oneOf: ['category', 'compare', 'profile', 'pricing'],
    },
    { name: 'observed_on', type: 'datetime', needed: true },
  ],
  engagement: [
    { name: 'type', type: 'choice', needed: true, oneOf: EVENT_TYPES },
    { name: 'occurred_at', type: 'datetime', needed: true },
    { name: 'email', type: 'text' },
    { name: 'anonymous', type: 'boolean' },
  ],
  firmographics: [
    { name: 'industry', type: 'text' },
    { name: 'region', type: 'text' },
    { name: 'employees', type: 'number', from: 0 },
    { name: 'annual_revenue', type: 'money', from: 0 },
    { name: 'revenue_currency', type: 'text' },
    { name: 'technologies', type: 'list' },
    { name: 'customers', type: 'number', from: 0 },
    { name: 'maturity', type: 'number', from: 1, to: 5 },
    { name: 'budget', type: 'choice', oneOf: ['confirmed', 'likely', 'unknown', 'frozen'] },
    { name: 'observed_on', type: 'datetime' },
  ],
  transactions: [
    { name: 'type', type: 'choice', needed: true, oneOf: TRANSACTION_TYPES },
    { name: 'amount', type: 'money', needed: true },
    { name: 'currency', type: 'text' },
    { name: 'occurred_on', type: 'datetime', needed: true },
    { name: 'due_on', type: 'datetime' },
  ],
};

/** The column that says when a row's fact was so. */
export const MOMENT_COLUMN: Readonly<Record<SourceKind, string>> = {
  'intent-scores': 'observed_on',
  'intent-counts': 'week',
  'intent-signals': 'observed_on',
  engagement: 'occurred_at',
  firmographics: 'observed_on',
  transactions: 'occurred_on',
};

/** Columns by which any row may name its company, besides identifiers. */
export const COMPANY_COLUMNS = [
  'company_key',
  'domain',
  'website',
  'crm_id',
  'connection',
  'name',
  'country',
] as const;

export function toCanonicalName(column: string): string {
  return column.replaceAll(/_([a-z0-9])/gu, (_whole, letter: string) => letter.toUpperCase());
}
