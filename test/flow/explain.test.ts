// What stands behind a tier, as it is told: every input with source and date, what was not used and why, in words and as JSON.
import { beforeAll, describe, expect, it } from 'vitest';
import { type Explanation, printExplanation } from '#cli/output/print-explanation.ts';
import type { Terminal } from '#cli/output/terminal.ts';
import { castMarket, jsonLines } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';
import { emailOf } from './market.ts';
import { shippedMapping } from './shipped-mapping.ts';

const own = (row: object) => ({ domain: 'abalone.com', ...row });
const INVOICES = [
  own({ type: 'order', amount: 40_000, occurred_on: '2026-01-05' }),
  own({ type: 'invoice', amount: 10_000, occurred_on: '2026-02-01', due_on: '2026-03-03' }),
  own({ type: 'payment', amount: 10_000, occurred_on: '2026-03-10' }),
  own({ type: 'invoice', amount: 10_000, occurred_on: '2026-05-01', due_on: '2026-05-31' }),
  own({ type: 'payment', amount: 10_000, occurred_on: '2026-05-20' }),
  own({ type: 'invoice', amount: 10_000, occurred_on: '2026-08-01', due_on: '2026-08-31' }),
  own({ type: 'invoice', amount: 900_000, currency: 'KRW', occurred_on: '2026-08-01' }),
  own({ type: 'shipment', amount: 0, occurred_on: '2026-08-02' }),
  own({ type: 'invoice', amount: 10_000, occurred_on: '2026-12-01', due_on: '2026-12-31' }),
];
const SURGES = [
  own({ topic: 'erp migration', score: 20, observed_on: '2026-10-02' }),
  own({ topic: 'erp migration', score: 99, observed_on: '2026-12-24' }),
];
const FIRMOGRAPHICS = [
  own({ industry: 'Banking', annual_revenue: 5000, revenue_currency: 'KRW', observed_on: '2026-09-01' }),
];
const EVENTS = [
  { type: 'reply', occurred_at: '2026-11-19', email: emailOf('Moreau', 'abalone.com') },
  { type: 'reply', occurred_at: '2026-11-18', email: emailOf('Moreau', 'abalone.com') },
  { type: 'webinar', occurred_at: '2026-02-01', email: emailOf('Moreau', 'abalone.com') },
];

let flow: Flow;

beforeAll(async () => {
  const deals = [
    { amount: 150_000, stage: 'open', closesInDays: 60 },
    { amount: 50_000, stage: 'won', closesInDays: -320 },
  ] as const;
  const cast = castMarket(AS_OF, [
    {
      name: 'Abalone',
      plays: 'tier_1',
      company: { crms: ['salesforce'], type: 'Customer', industry: 'Software', deals },
    },
    { name: 'Bergamot', plays: 'tier_1', company: { crms: ['salesforce'] } },
  ]);
  const more: Readonly<Record<string, readonly object[]>> = {
    surge: SURGES,
    web: EVENTS,
    firmo: FIRMOGRAPHICS,
  };
  flow = await startFlow({
    ...cast,
    sources: [
      ...cast.sources.map((source) => ({
        ...source,
        content: `${String(source.content)}${jsonLines(more[source.id] ?? [])}`,
      })),
      { id: 'erp', kind: 'transactions', file: 'data/erp.jsonl', content: jsonLines(INVOICES) },
      {
        id: 'bids',
        kind: 'intent-scores',
        file: 'data/bids.jsonl',
        settings: { method: 'bidstream' },
        content: jsonLines([own({ topic: 'crm', score: 90, observed_on: '2026-11-19' })]),
      },
    ],
    mappings: {
      'salesforce/account.yaml': shippedMapping('salesforce/account.yaml').replace(
        '  companyKey:',
        '  able: { crm: AccountNumber, read: true }\n  companyKey:',
      ),
    },
  });
  const bergamot = flow.sf.accounts().find(({ name }) => name === 'Bergamot')?.id ?? '';
  flow.salesforce.org.editAsHuman('Account', bergamot, { AccountNumber: '0' });
  await flow.sync();
});

const explain = (name: string) =>
  flow.withSession(async ({ store }) => {
    const key = flow.sf.accounts().find((account) => account.name === name)?.key ?? '';
    const found = await store.plans.evaluation(key);
    return { wouldMoveUp: [], ...(found?.evaluation as object) } as unknown as Explanation;
  });

describe('an explanation', () => {
  it('says what a customer brought, is worth and owes, and when its contract ends', async () => {
    const { value } = await explain('Abalone');
    expect(value).toMatchObject({
      motion: 'expand',
      source: 'open_opportunity',
      acv: 100_000,
      alreadyWon: 50_000,
      dealsInAll: 2,
      revenue: { toDate: 30_000, lastYear: 30_000, from: 'invoice', sources: ['erp'], firstOn: '2026-02-01' },
      lifetime: { annual: 50_000, byFormula: 166_666.67 },
      payments: { judged: 3, late: 2, open: 10_000, overdue: 10_000 },
      renewal: { on: '2027-01-04', from: 'deal' },
    });
    expect(value.lifetime?.account).toBeCloseTo(0.8 * (30_000 + 0.98 ** 12 * 50_000), 1);
    expect(value.payments?.latest).toEqual([
      { amount: 10_000, dueOn: '2026-08-31', paidOn: null, daysLate: 81, source: 'erp' },
      { amount: 10_000, dueOn: '2026-03-03', paidOn: '2026-03-10', daysLate: 7, source: 'erp' },
    ]);
    expect(value.deals?.map(({ state, annual }) => [state, annual])).toEqual([
      ['open', 150_000],
      ['won', 50_000],
    ]);
  });

  it('says what was not used, and why', async () => {
    const { notUsed = [] } = await explain('Abalone');
    expect(new Set(notUsed.map(({ kind, what, source, why }) => `${kind} ${what} ${source} ${why}`))).toEqual(
      new Set([
        'transactions order erp other_rows_counted',
        'transactions invoice erp no_rate',
        'transactions invoice erp after_as_of',
        'transactions shipment erp no_money',
        'intent-scores erp migration surge newer_row',
        'intent-scores erp migration surge after_as_of',
        'intent-scores crm bids method_refused',
        'engagement webinar web too_old',
        'field industry firmo other_source_first',
        'field annualRevenue firmo no_rate',
      ]),
    );
    expect(notUsed.find(({ what }) => what === 'industry')).toMatchObject({
      value: 'Banking',
      newest: '2026-09-01',
    });
    expect(notUsed.find(({ why }) => why === 'newer_row')).toMatchObject({ rows: 1, newest: '2026-10-02' });
  });

  it('counts as many rows after as-of and of refused methods as the scores left out (invariant S17)', async () => {
    const explanation = await explain('Abalone');
    const { notUsed = [], intent } = explanation as Explanation & {
      readonly intent: { readonly refusedRows: number };
    };
    const rows = (why: string) =>
      notUsed
        .filter((line) => line.why === why && line.kind !== 'transactions')
        .reduce((sum, line) => sum + line.rows, 0);
    expect(rows('method_refused')).toBe(intent.refusedRows);
    expect(rows('after_as_of')).toBe(1);
  });

  it('rates the four with their evidence, ready by the end of the contract', async () => {
    const { ratings } = await explain('Abalone');
    expect(ratings).toMatchObject({
      ready: { rating: 3, reason: 'DEADLINE', from: { what: 'renewal', on: '2027-01-04' }, overruled: null },
      willing: { rating: 2, reason: 'ENGAGED', from: { source: 'web' } },
      able: {
        rating: 3,
        reason: 'BUDGET_CONFIRMED',
        from: { what: 'budget', source: 'firmo', on: '2026-11-10' },
      },
      success: { rating: 3, reason: 'FIT' },
      total: 11,
    });
  });

  it('hears a rep, whose 0 keeps an account out of Tier 1 for 90 days from the day it was seen', async () => {
    const { tier, reasons, ratings, inputs } = await explain('Bergamot');
    expect({ tier, reasons }).toEqual({ tier: 'Tier 2', reasons: ['ABLE_VETO'] });
    expect(ratings.able).toEqual({
      rating: 0,
      reason: 'SET_BY_REP',
      from: { what: 'able', source: 'sf', on: '2026-11-20' },
      overruled: { rating: 3, reason: 'BUDGET_CONFIRMED' },
      until: '2027-02-18',
    });
    expect(inputs).toContainEqual({ field: 'able', value: 0, source: 'sf', observedOn: null, tooOld: false });
  });

  it('names the champion by conduct, the parts that are missing, and how many people engage (invariant S18)', async () => {
    const { buyingGroup } = await explain('Abalone');
    expect(buyingGroup).toMatchObject({
      coverage: 0.4,
      missing: ['economic_buyer', 'influencer', 'user'],
      depth: { engaged: 2, of: 6.8 },
      champions: [{ connection: 'sf', by: 'conduct', times: 3 }],
    });
    // What people, the CRM or the title say stays what is written.
    expect(flow.sf.contacts().map(({ role }) => role)).not.toContain('champion');
  });

  it('tells it all to people', async () => {
    const lines: string[] = [];
    const style = new Proxy({}, { get: () => (text: string) => text });
    const terminal = { out: (line: string) => lines.push(line), style } as unknown as Terminal;
    printExplanation(terminal, await explain('Abalone'), 'run-1');
    const text = lines.join('\n');
    for (const said of [
      "Rule: strong fit, large ACV, intent on, engaged → Tier 1 (GOLDILOCKS_JUST_RIGHT, the method's own)",
      'Value 100,000 a year, large (open_opportunity, expand)',
      'brought 30,000 from 2026-02-01 to 2026-08-01 (invoice, erp)',
      '2 of 3 invoices late, 10,000 overdue',
      '10,000 due 2026-08-31, open, 81 days late (erp)',
      'contract ends 2027-01-04 (deal)',
      'Ready, willing, able, success: 11 of 12',
      'ready 3 DEADLINE (renewal, 2027-01-04)',
      'Buying group 40% known, 2 of 6.8 people engaged',
      'missing: economic_buyer, influencer, user',
      'champion by conduct: sf ',
      'field industry Banking (firmo, 2026-09-01): another source comes first',
      'intent-scores crm (bids, 2026-11-19): gathered in a way that is refused there',
    ]) {
      expect(text).toContain(said);
    }
  });

  it('counts the 90 days of a word from the first run that saw it, and then hears the facts again (invariant T18)', async () => {
    await flow.sync({ asOf: '2026-11-25T09:00:00.000Z' });
    expect((await explain('Bergamot')).ratings.able).toMatchObject({
      reason: 'SET_BY_REP',
      until: '2027-02-18',
    });
    await flow.sync({ asOf: '2027-02-18T09:00:00.000Z' });
    expect((await explain('Bergamot')).ratings.able.reason).toBe('SET_BY_REP');
    await flow.sync({ asOf: '2027-02-19T09:00:00.000Z' });
    const { ratings, notUsed = [] } = await explain('Bergamot');
    expect(ratings.able).toMatchObject({ rating: 3, reason: 'BUDGET_CONFIRMED', overruled: null });
    expect(notUsed).toContainEqual({
      kind: 'field',
      what: 'able',
      value: '0',
      source: 'sf',
      why: 'word_too_old',
      rows: 1,
      newest: '2026-11-20',
    });
  });
});
