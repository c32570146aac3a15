import { describe, expect, it } from 'vitest';
import { assessCustomer, type CustomerEvidence } from '#domain/value/assess-customer.ts';
import type { Deal } from '#domain/value/deal.ts';
import { findRenewal } from '#domain/value/find-renewal.ts';
import {
  accountLifetimeValue,
  customerLifetimeValue,
  renewalProbability,
} from '#domain/value/lifetime-value.ts';
import type { Transaction, TransactionType } from '#domain/value/transaction.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const { value: policy } = shippedPolicy;
const AS_OF = Date.parse('2026-11-20T09:00:00Z');
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const row = (type: TransactionType, amount: number | null, on: string): Transaction => ({
  type,
  amount,
  occurredAtMs: at(on),
  dueAtMs: null,
  source: 'erp',
});
const won = (amount: number, on: string, termMonths: number | null = null): Deal => ({
  amount,
  termMonths,
  isClosed: true,
  isWon: true,
  closeAtMs: at(on),
});
const assess = (changes: Partial<CustomerEvidence>) =>
  assessCustomer(
    { transactions: [], deals: [], renewalMs: null, paymentsKnown: true, ...changes },
    AS_OF,
    policy,
  );
const day = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString().slice(0, 10));

describe('lifetime value', () => {
  it('is revenue a month by margin and churn', () => {
    const lifetime = { ...policy.lifetime, grossMargin: 0.8, monthlyChurn: 0.02 };
    expect(customerLifetimeValue(2000, lifetime)).toBeCloseTo(80_000, 6);
  });

  it('of an account is its margin so far and that of a renewal as likely as it is', () => {
    const lifetime = { ...policy.lifetime, grossMargin: 0.8, renewalProbability: 0.5 };
    expect(accountLifetimeValue(100_000, 40_000, lifetime)).toBeCloseTo(80_000 + 16_000, 6);
  });

  it('takes from the churn how likely a renewal is, unless the policy says it', () => {
    expect(renewalProbability({ ...policy.lifetime, monthlyChurn: 0.02 })).toBeCloseTo(0.7847, 4);
    expect(renewalProbability({ ...policy.lifetime, renewalProbability: 0.9 })).toBe(0.9);
  });
});

describe('a customer', () => {
  it('that never bought has no value', () => {
    expect(assess({})).toEqual({ value: null, renewal: null, payments: null });
  });

  it('brought what was billed, not what was ordered, billed and paid (invariant S16)', () => {
    const transactions = [
      row('order', 400, '2026-01-01'),
      row('invoice', 100, '2025-06-01'),
      row('invoice', 200, '2026-06-01'),
      row('invoice', -20, '2026-07-01'),
      row('payment', 300, '2026-08-01'),
      row('shipment', 9, '2026-08-01'),
    ];
    expect(assess({ transactions }).value?.revenue).toMatchObject({
      from: 'invoice',
      toDate: 280,
      lastYear: 180,
      sources: ['erp'],
    });
    const unbilled = transactions.filter(({ type }) => type !== 'invoice');
    expect(assess({ transactions: unbilled }).value?.revenue).toMatchObject({ from: 'payment', toDate: 300 });
  });

  it('brought nothing in a currency without a rate or after as-of', () => {
    const transactions = [row('invoice', null, '2026-01-01'), row('invoice', 100, '2026-12-01')];
    expect(assess({ transactions }).value).toBeNull();
  });

  it('without transactions brought every year of its deals that has begun', () => {
    const three = won(300_000, '2025-05-20', 36);
    expect(assess({ deals: [three] }).value?.revenue).toMatchObject({ from: 'won_deals', toDate: 200_000 });
    expect(assess({ deals: [won(50_000, '2020-05-20')] }).value?.revenue).toMatchObject({
      toDate: 50_000,
      lastYear: 0,
    });
  });

  it('brings a year what was won in the last twelve months, else what was billed in them', () => {
    const transactions = [row('invoice', 100, '2026-06-01')];
    expect(assess({ transactions, deals: [won(5000, '2026-02-01')] }).value?.annualValue).toBe(5000);
    expect(assess({ transactions }).value?.annualValue).toBe(100);
  });

  it('is judged as a payer only where payments are known', () => {
    const transactions = [row('invoice', 100, '2026-06-01')];
    expect(assess({ transactions, paymentsKnown: false }).payments).toBeNull();
    expect(assess({ transactions }).payments).toMatchObject({ open: 100, overdue: 0 });
  });
});

describe('a renewal', () => {
  it('is what the field says, else the end of the deal that runs longest', () => {
    const deals = [won(1, '2025-12-01', 24), won(1, '2026-05-31', null)];
    expect(day(findRenewal(null, deals, 12)?.onMs)).toBe('2027-12-01');
    expect(findRenewal(at('2027-03-01'), deals, 12)).toEqual({ onMs: at('2027-03-01'), from: 'field' });
    expect(findRenewal(null, [{ ...won(1, '2026-01-01'), isWon: false }], 12)).toBeNull();
  });

  it('falls on the last day of a shorter month', () => {
    expect(day(findRenewal(null, [won(1, '2028-02-29')], 12)?.onMs)).toBe('2029-02-28');
    expect(day(findRenewal(null, [won(1, '2026-08-31')], 6)?.onMs)).toBe('2027-02-28');
  });
});
