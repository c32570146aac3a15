// What a row of each kind becomes, and why one is refused (contract, section 2; invariant S13).
import { describe, expect, it } from 'vitest';
import type { SourceKind } from '#ports/store.ts';
import { parseRow } from './source-fixture.ts';

const GOOD: Readonly<Record<SourceKind, Readonly<Record<string, string>>>> = {
  'intent-scores': { topic: 'ERP migration', score: '62.5', observed_on: '2026-11-18' },
  'intent-counts': { topic: 'ERP migration', week: '2026-11-16', count: '4' },
  'intent-signals': { signal: 'Pricing', observed_on: '2026-11-18' },
  engagement: { type: 'demo_request', occurred_at: '2026-11-19T10:00:00+09:00', email: 'Ana@Acme-Steel.com' },
  firmographics: {
    industry: 'Manufacturing',
    employees: '1200',
    technologies: 'SAP;Oracle',
    country: 'Japan',
  },
  transactions: { type: 'invoice', amount: '-99.5', currency: 'EUR', occurred_on: '2026-11-01', due_on: '' },
};

describe('a good row', () => {
  it.each<{ kind: SourceKind; at: string | null; fields: Readonly<Record<string, unknown>> }>([
    {
      kind: 'intent-scores',
      at: '2026-11-18T00:00:00.000Z',
      fields: { topic: 'ERP migration', score: 62.5 },
    },
    { kind: 'intent-counts', at: '2026-11-16', fields: { topic: 'ERP migration', count: 4 } },
    { kind: 'intent-signals', at: '2026-11-18T00:00:00.000Z', fields: { signal: 'pricing' } },
    { kind: 'engagement', at: '2026-11-19T01:00:00.000Z', fields: { type: 'demo_request', anonymous: null } },
    {
      kind: 'firmographics',
      at: null,
      fields: {
        industry: 'Manufacturing',
        employees: 1200,
        technologies: ['SAP', 'Oracle'],
        country: 'JP',
        annualRevenue: null,
      },
    },
    {
      kind: 'transactions',
      at: '2026-11-01T00:00:00.000Z',
      fields: { type: 'invoice', amount: -99.5, currency: 'EUR', dueOn: null },
    },
  ])('of $kind is read with its moment and our names', ({ kind, at, fields }) => {
    expect(parseRow(kind, GOOD[kind])).toMatchObject({
      row: { rowNumber: 7, company: { domain: 'acme-steel.com' }, at, fields },
    });
  });

  it('keeps the person, in lower case, and out of the fields', () => {
    const parsed = parseRow('engagement', GOOD.engagement);
    expect(parsed).toMatchObject({ row: { email: 'ana@acme-steel.com' } });
    expect(JSON.stringify('row' in parsed ? parsed.row.fields : parsed)).not.toMatch(/ana@/iu);
  });

  it('of JSON Lines may hold numbers, truth values, lists and nulls', () => {
    expect(
      parseRow('firmographics', { employees: 1200, technologies: ['SAP', null, 'Oracle'], maturity: null }),
    ).toMatchObject({
      row: { fields: { employees: 1200, technologies: ['SAP', 'Oracle'], maturity: null } },
    });
    expect(
      parseRow('engagement', { type: 'page', occurred_at: '2026-11-19', anonymous: true }),
    ).toMatchObject({ row: { email: null, fields: { anonymous: true } } });
  });
});

describe('a row is refused, with its line and what was read,', () => {
  it.each<{ kind: SourceKind; wrong: Readonly<Record<string, unknown>>; reason: string }>([
    { kind: 'intent-scores', wrong: { topic: ' ' }, reason: 'topic is empty' },
    { kind: 'intent-scores', wrong: { score: '101' }, reason: 'score is above 100 (read "101")' },
    { kind: 'intent-scores', wrong: { score: '-1' }, reason: 'score is below 0 (read "-1")' },
    { kind: 'intent-scores', wrong: { score: 'high' }, reason: 'score is not a number (read "high")' },
    { kind: 'intent-scores', wrong: { score: '1,5' }, reason: 'score is not a number (read "1,5")' },
    { kind: 'intent-scores', wrong: { observed_on: '' }, reason: 'observed_on is empty' },
    {
      kind: 'intent-scores',
      wrong: { observed_on: '2026-02-30T08:00:00Z' },
      reason: 'observed_on is not a date (read "2026-02-30T08:00:00Z")',
    },
    { kind: 'intent-counts', wrong: { week: '2026-11-17' }, reason: 'week is no Monday (read "2026-11-17")' },
    { kind: 'intent-counts', wrong: { count: '-1' }, reason: 'count is below 0 (read "-1")' },
    { kind: 'intent-counts', wrong: { count: '1.5' }, reason: 'count is no whole number (read "1.5")' },
    {
      kind: 'intent-signals',
      wrong: { signal: 'rumour' },
      reason: 'signal is none of category, compare, profile, pricing (read "rumour")',
    },
    { kind: 'engagement', wrong: { email: 'ana at acme' }, reason: 'email is no e-mail address' },
    { kind: 'engagement', wrong: { occurred_at: 'soon' }, reason: 'occurred_at is not a date (read "soon")' },
    {
      kind: 'engagement',
      wrong: { anonymous: 'perhaps' },
      reason: 'anonymous is neither true nor false (read "perhaps")',
    },
    { kind: 'firmographics', wrong: { employees: '-5' }, reason: 'employees is below 0 (read "-5")' },
    { kind: 'firmographics', wrong: { maturity: '6' }, reason: 'maturity is above 5 (read "6")' },
    {
      kind: 'firmographics',
      wrong: { country: 'Atlantis' },
      reason: 'country is no country that Tierline knows (read "Atlantis")',
    },
    {
      kind: 'firmographics',
      wrong: { budget: 'huge' },
      reason: 'budget is none of confirmed, likely, unknown, frozen (read "huge")',
    },
    { kind: 'transactions', wrong: { amount: '' }, reason: 'amount is empty' },
    { kind: 'transactions', wrong: { due_on: '31.12.' }, reason: 'due_on is not a date (read "31.12.")' },
  ])('of $kind: $reason', ({ kind, wrong, reason }) => {
    expect(parseRow(kind, { ...GOOD[kind], ...wrong })).toEqual({ refused: { rowNumber: 7, reason } });
  });

  it('where an engagement is of no known type', () => {
    const parsed = parseRow('engagement', { ...GOOD.engagement, type: 'telepathy' });
    expect(parsed).toMatchObject({
      refused: { reason: expect.stringMatching(/^type is none of page, .*\(read "telepathy"\)$/u) },
    });
  });

  it('showing no more than the beginning of a long value', () => {
    const parsed = parseRow('intent-scores', { ...GOOD['intent-scores'], score: 'x'.repeat(500) });
    expect(JSON.stringify(parsed).length).toBeLessThan(150);
  });
});

/** How a row with these columns names its company, or why it is refused. */
function company(columns: Readonly<Record<string, unknown>>) {
  const parsed = parseRow('intent-signals', { ...GOOD['intent-signals'], domain: '', ...columns });
  return 'row' in parsed ? parsed.row.company : parsed.refused.reason;
}

describe('the company of a row', () => {
  it.each([
    { columns: { domain: 'https://www.acme-steel.com/jp' }, as: { domain: 'acme-steel.com' } },
    { columns: { company_key: 'k_abc' }, as: { companyKey: 'k_abc' } },
    { columns: { crm_id: '001AB' }, as: { crm: { connection: 'sf', id: '001AB' } } },
    { columns: { crm_id: '42', connection: 'hs' }, as: { crm: { connection: 'hs', id: '42' } } },
    { columns: { name: 'Acme Steel GmbH', country: 'Germany' }, as: { nameCountry: 'acmesteel|DE' } },
  ])('is named by $columns', ({ columns, as }) => {
    expect(company(columns)).toMatchObject(as);
  });

  it('is named by an identifier whose check digit is right, and not by another', () => {
    expect(company({ lei: '529900T8BM49AURSDO55' })).toMatchObject({
      identifiers: [expect.stringMatching(/529900T8BM49AURSDO55$/u)],
    });
    expect(company({ lei: '529900T8BM49AURSDO56' })).toBe('nothing in the row names a company');
  });

  it.each([
    { columns: {}, what: 'nothing is given' },
    { columns: { domain: 'gmail.com' }, what: "the host is everybody's" },
    { columns: { name: 'n/a', country: 'DE' }, what: 'the name is junk' },
  ])('is not named where $what', ({ columns }) => {
    expect(company(columns)).toBe('nothing in the row names a company');
  });

  it('is left open for a person with a free-mail address, whom a contact may know', () => {
    const parsed = parseRow('engagement', { ...GOOD.engagement, domain: '', email: 'ana@gmail.com' });
    expect(parsed).toMatchObject({ row: { email: 'ana@gmail.com', company: { domain: null } } });
  });
});
