import { describe, expect, it } from 'vitest';
import { icpWeights } from '#domain/fit/icp.ts';
import { matchIcp } from '#domain/fit/match-icp.ts';
import type { SourcedValue } from '#domain/fit/sourced-value.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import { parseIcp } from '#mapping/icp/load-icp.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 10, 21);
const DAY_MS = 86_400_000;
const icp = parseIcp(
  `
criteria:
  industry: { field: industry, exact: [Computer Software, 製造業], adjacent: [Freight] }
  geo: { field: country, exact: [JP], adjacent: [KR], mustHave: true }
  employees: { field: employees, exact: { from: 50, to: 400 }, adjacent: { to: 900 } }
  tech: { field: technologies, exact: [Workday], adjacent: [Odoo] }
  budget: { field: budget, exact: [confirmed], adjacent: [likely], unknown: [unknown, n/a] }
avoid:
  - { field: type, in: [Competitor, Reseller], reason: rival }
  - { field: country, in: [KP], reason: unserved }
`,
  'icp.yaml',
);

const known = (value: CanonicalValue, changes: Partial<SourcedValue> = {}): SourcedValue => ({
  value,
  source: 'crm',
  observedAtMs: null,
  freshDays: null,
  ...changes,
});
const match = (values: Readonly<Record<string, SourcedValue>>) =>
  matchIcp(icp, shippedPolicy.fit, new Map(Object.entries(values)), asOf);
const fitOf = (field: string, value: CanonicalValue, criterion = field) =>
  match({ [field]: known(value) }).fit[criterion];

describe('matching words', () => {
  it('compares without regard to case, width, underscores and runs of spaces', () => {
    for (const spelling of [
      'computer software',
      'COMPUTER_SOFTWARE',
      ' Computer   Software ',
      'Ｃomputer　Software',
    ]) {
      expect(fitOf('industry', spelling)).toBe(1);
    }
    expect(fitOf('industry', '製造業')).toBe(1);
    expect(fitOf('industry', 'freight')).toBe(0.5);
    expect(fitOf('industry', 'Software')).toBe(0);
  });

  it('takes any word of a list', () => {
    expect(fitOf('technologies', ['Jira', 'workday'], 'tech')).toBe(1);
    expect(fitOf('technologies', ['odoo', 'Jira'], 'tech')).toBe(0.5);
    expect(fitOf('technologies', ['Jira'], 'tech')).toBe(0);
  });

  it('knows nothing from an empty field, an empty list or a word that means unknown', () => {
    expect(fitOf('industry', null)).toBeNull();
    expect(fitOf('industry', ' ')).toBeNull();
    expect(fitOf('technologies', [], 'tech')).toBeNull();
    expect(fitOf('budget', 'N/A')).toBeNull();
    expect(fitOf('budget', 'frozen')).toBe(0);
  });
});

describe('matching numbers', () => {
  it('includes both ends of a range, and leaves an open end open', () => {
    expect([49, 50, 400, 401, 900, 901, 0].map((staff) => fitOf('employees', staff))).toEqual([
      0.5, 1, 1, 0.5, 0.5, 0, 0.5,
    ]);
  });

  it('cannot judge a text that is no number', () => {
    expect(fitOf('employees', '120')).toBe(1);
    expect(fitOf('employees', 'plenty')).toBeNull();
  });
});

const aged = (days: number, freshDays: number | null = null) =>
  match({ industry: known('Freight', { observedAtMs: asOf - days * DAY_MS, freshDays }) }).fit['industry'];

describe('the age of a value', () => {
  it('makes it unknown after 365 days, or what its source says', () => {
    expect([aged(365), aged(365.5), aged(181, 180), aged(180, 180), aged(900, 1000)]).toEqual([
      0.5,
      null,
      null,
      0.5,
      0.5,
    ]);
  });

  it('is shown with the value that was too old to judge', () => {
    const observedAtMs = asOf - 400 * DAY_MS;
    const values = { industry: known('Freight', { observedAtMs, source: 'firmo' }) };
    expect(match(values).criteria[0]).toEqual({
      criterion: 'industry',
      field: 'industry',
      match: null,
      value: 'Freight',
      source: 'firmo',
      observedAtMs,
      isStale: true,
      matched: null,
    });
  });
});

describe('a must-have', () => {
  it('is missed only by a known miss, never by the unknown or by an adjacent value', () => {
    expect(match({ country: known('DE') }).mustHaveMiss).toBe('geo');
    expect(match({ country: known('KR') }).mustHaveMiss).toBeNull();
    expect(match({}).mustHaveMiss).toBeNull();
  });
});

describe('whom to avoid', () => {
  it('is named with the reason of the first rule that holds', () => {
    expect(match({ type: known('competitor') }).excluded).toBe('rival');
    expect(match({ country: known('KP') }).excluded).toBe('unserved');
    expect(match({ type: known('Reseller'), country: known('KP') }).excluded).toBe('rival');
    expect(match({ type: known('Customer') }).excluded).toBeNull();
  });
});

describe('the evidence of a match', () => {
  it('names the word as the ICP writes it', () => {
    const { criteria } = match({ technologies: known(['x', 'WORKDAY'], { source: 'firmo' }) });
    expect(criteria.find(({ criterion }) => criterion === 'tech')).toMatchObject({
      matched: 'Workday',
      source: 'firmo',
    });
  });
});

describe('the weights of an ICP', () => {
  it('are the template’s, of the criteria it has', () => {
    expect(icpWeights(icp, shippedPolicy.fit)).toEqual({
      industry: 20,
      geo: 10,
      employees: 15,
      tech: 15,
      budget: 10,
    });
  });

  it('are its own when it brings some', () => {
    const own = parseIcp(
      'criteria: { geo: { field: country, exact: [JP] }, tech: { field: t, exact: [x] } }\nweights: { geo: 25, tech: 75 }',
      'icp.yaml',
    );
    expect(icpWeights(own, shippedPolicy.fit)).toEqual({ geo: 25, tech: 75 });
  });
});
