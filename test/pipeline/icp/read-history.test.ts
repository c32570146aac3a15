import { describe, expect, it } from 'vitest';
import type { CanonicalFields } from '#domain/record/objects.ts';
import { readHistory } from '#pipeline/icp/read-history.ts';
import type { Scoring } from '#pipeline/score/scoring.ts';
import type { CompanyDossier, KeyedSourceRow, LedgeredRecord } from '#ports/store.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 10, 20);
const scoring = {
  asOfMs: asOf,
  policy: shippedPolicy,
  money: { currency: 'USD', rates: {} },
} as unknown as Scoring;

const record = (fields: CanonicalFields) => ({ fields }) as unknown as LedgeredRecord;
const transaction = (at: string) => ({ kind: 'transactions', at }) as unknown as KeyedSourceRow;
const history = (parts: {
  readonly accounts?: readonly CanonicalFields[];
  readonly deals?: readonly CanonicalFields[];
  readonly rows?: readonly KeyedSourceRow[];
}) =>
  readHistory(
    {
      accounts: (parts.accounts ?? []).map(record),
      opportunities: (parts.deals ?? []).map(record),
      sourceRows: parts.rows ?? [],
    } as unknown as CompanyDossier,
    scoring,
  );

describe('what a company is called', () => {
  it.each([
    [[{ type: 'Customer - Direct' }], 'customer'],
    [[{ lifecycleStage: 'evangelist' }], 'customer'],
    [[{ type: 'Prospect' }, { lifecycleStage: 'customer' }], 'customer'],
    [[{ type: 'Former Customer' }], 'former'],
    [[{ type: 'Customer (churned)' }], 'former'],
    [[{ type: 'Former customer' }, { lifecycleStage: 'customer' }], 'former'],
    [[{ type: '解約済み' }], 'former'],
    [[{ type: 'Prospect', lifecycleStage: 'lead' }], 'other'],
    [[{}], 'other'],
  ] as const)('%j is %s', (accounts, standing) => {
    expect(history({ accounts }).standing).toBe(standing);
  });
});

describe('a renewal', () => {
  it.each([
    [{ name: 'Acme renewal 2' }, true],
    [{ type: 'Renewal' }, true],
    [{ name: 'Acme 契約更新' }, true],
    [{ name: 'Vertragsverlängerung' }, true],
    [{ name: 'Acme platform', type: 'New Customer' }, false],
  ])('is told by type or name: %j', (fields, isRenewal) => {
    expect(history({ deals: [{ ...fields, isClosed: true, isWon: true }] }).deals[0]?.isRenewal).toBe(
      isRenewal,
    );
  });
});

describe('what a company paid', () => {
  it('lies between its first and last transaction up to the moment looked at', () => {
    const rows = ['2025-03-01', '2024-01-15', '2027-01-01'].map((day) => transaction(`${day}T00:00:00.000Z`));
    expect(history({ rows }).paid).toEqual({
      firstMs: Date.UTC(2024, 0, 15),
      lastMs: Date.UTC(2025, 2, 1),
    });
  });

  it('is null without any', () => {
    expect(history({}).paid).toBeNull();
  });
});

const open = (closeDate: string) => history({ deals: [{ isClosed: false, isWon: false, closeDate }] });

describe('an open deal', () => {
  it('counts until it is long forgotten', () => {
    expect(open('2026-12-24').hasOpenDeal).toBe(true);
    expect(open('2026-05-01').hasOpenDeal).toBe(false);
  });
});
