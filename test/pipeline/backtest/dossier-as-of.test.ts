import { describe, expect, it } from 'vitest';
import { dossierAsOf } from '#pipeline/backtest/dossier-as-of.ts';
import { readOutcome } from '#pipeline/backtest/read-outcome.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';

const MONEY = { currency: 'USD', rates: { EUR: 2 } };
const FROM = Date.parse('2026-06-01T00:00:00Z');
const TO = Date.parse('2026-09-01T00:00:00Z');

const record = (
  object: LedgeredRecord['object'],
  id: string,
  fields: LedgeredRecord['fields'],
  connection = 'sf',
) =>
  ({
    connection,
    object,
    id,
    fields,
    modifiedAt: null,
    deleted: false,
    companyKey: 'c1',
    lastWritten: {},
  }) as LedgeredRecord;

const deal = (id: string, fields: LedgeredRecord['fields'], connection = 'sf') =>
  record('opportunity', id, { amount: 1000, isClosed: false, isWon: false, ...fields }, connection);

const OPPORTUNITIES = [
  deal('before', {
    createdAt: '2026-01-01T00:00:00.000Z',
    closeDate: '2026-03-01',
    isClosed: true,
    isWon: true,
  }),
  deal('won', {
    createdAt: '2026-02-01T00:00:00.000Z',
    closeDate: '2026-07-01',
    isClosed: true,
    isWon: true,
  }),
  deal('lost', {
    createdAt: '2026-06-10T00:00:00.000Z',
    closeDate: '2026-08-01',
    isClosed: true,
    currency: 'EUR',
  }),
  deal('open', { createdAt: '2026-08-10T00:00:00.000Z', closeDate: '2026-12-01' }),
  deal(
    'twin',
    { createdAt: '2026-02-01T00:00:00.000Z', closeDate: '2026-07-01', isClosed: true, isWon: true },
    'hs',
  ),
];

function aDossier(changes: Partial<CompanyDossier> = {}): CompanyDossier {
  return {
    companyKey: 'c1',
    accounts: [record('account', 'a', { createdAt: '2025-01-01T00:00:00.000Z' })],
    contacts: [
      record('contact', 'old', { createdAt: '2026-05-01T00:00:00.000Z' }),
      record('contact', 'new', { createdAt: '2026-06-02T00:00:00.000Z' }),
    ],
    opportunities: OPPORTUNITIES,
    opportunityRoles: [],
    tasks: [],
    programs: [],
    sourceRows: [],
    usedKeys: [],
    tierState: { tier: 'Tier 1' },
    ...changes,
  };
}

describe('a company as of a day gone by', () => {
  it('has the deals that had begun, open until the day they closed', () => {
    const then = dossierAsOf(aDossier(), FROM);
    expect(then?.opportunities.map(({ id, fields }) => [id, fields['isClosed'], fields['isWon']])).toEqual([
      ['before', true, true],
      ['won', false, false],
      ['twin', false, false],
    ]);
  });

  it('has the contacts there were, and no tier of today', () => {
    const then = dossierAsOf(aDossier(), FROM);
    expect(then?.contacts.map(({ id }) => id)).toEqual(['old']);
    expect(then?.tierState).toBeNull();
  });

  it('is nothing before its first account', () => {
    expect(dossierAsOf(aDossier(), Date.parse('2024-12-31T00:00:00Z'))).toBeNull();
  });

  it('takes firmographics of later for then, but no budget; what is older stands', () => {
    const then = dossierAsOf(
      aDossier({
        sourceRows: [firmographics('2026-08-01'), firmographics('2026-05-01'), firmographics(null)],
      }),
      FROM,
    );
    expect(then?.sourceRows.map(({ at, fields }) => [at, fields])).toEqual([
      ['2026-06-01T00:00:00.000Z', { industry: 'Software', budget: null }],
      ['2026-05-01', { industry: 'Software', budget: 'confirmed' }],
      ['2026-06-01T00:00:00.000Z', { industry: 'Software', budget: null }],
    ]);
  });
});

const wonWithin = (fromMs: number, toMs: number) =>
  readOutcome(aDossier(), 'sf', { fromMs, toMs }, MONEY).won;

describe('what became of it', () => {
  it('counts the deals of the record that is worked, in one currency, each where its day lies', () => {
    expect(readOutcome(aDossier(), 'sf', { fromMs: FROM, toMs: TO }, MONEY)).toEqual({
      won: 1,
      wonAmount: 1000,
      lost: 1,
      lostAmount: 2000,
      opened: 2,
      openedAmount: 3000,
    });
  });

  it('counts nothing on the first moment and all of the last', () => {
    const closed = Date.parse('2026-07-01T00:00:00Z');
    expect([wonWithin(closed, TO), wonWithin(FROM, closed)]).toEqual([0, 1]);
  });
});

function firmographics(at: string | null): CompanyDossier['sourceRows'][number] {
  return {
    source: 'firmo',
    kind: 'firmographics',
    at,
    fields: { industry: 'Software', budget: 'confirmed' },
  } as unknown as CompanyDossier['sourceRows'][number];
}
