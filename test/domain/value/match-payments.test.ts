import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPayments } from '#domain/value/match-payments.ts';
import type { Transaction } from '#domain/value/transaction.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const DAY_MS = 86_400_000;
const AS_OF = Date.parse('2026-11-20T09:00:00Z');
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);
const invoice = (amount: number | null, on: string, due: string | null): Transaction => ({
  type: 'invoice',
  amount,
  occurredAtMs: at(on),
  dueAtMs: due === null ? null : at(due),
  source: 'erp',
});
const payment = (amount: number, on: string): Transaction => ({
  ...invoice(amount, on, null),
  type: 'payment',
});
const match = (rows: readonly Transaction[], policy = shippedPolicy.value.latePayment) =>
  matchPayments(rows, AS_OF, policy);
const late = (rows: readonly Transaction[]) =>
  match(rows).late.map(({ amount, daysLate, paidAtMs }) => [
    amount,
    daysLate,
    paidAtMs === null ? 'open' : 'paid',
  ]);

describe('payments', () => {
  it('that come by the due date leave nothing to say', () => {
    const rows = [invoice(100, '2026-01-01', '2026-01-31'), payment(100, '2026-01-31')];
    expect(match(rows)).toEqual({ judged: 1, late: [], open: 0, overdue: 0 });
  });

  it('are late from the day after, and by so many days', () => {
    expect(late([invoice(100, '2026-01-01', '2026-01-31'), payment(100, '2026-02-03')])).toEqual([
      [100, 3, 'paid'],
    ]);
  });

  it('that never came are overdue up to as-of, and only past the due date', () => {
    const rows = [invoice(100, '2026-10-01', '2026-11-10'), invoice(50, '2026-11-15', '2026-12-15')];
    expect(late(rows)).toEqual([[100, 10, 'open']]);
    expect(match(rows)).toMatchObject({ judged: 2, open: 150, overdue: 100 });
  });

  it('settle the oldest due first, in parts and in sums', () => {
    const rows = [
      invoice(100, '2026-01-01', '2026-01-31'),
      invoice(100, '2026-04-01', '2026-04-30'),
      payment(60, '2026-01-20'),
      payment(140, '2026-04-10'),
    ];
    expect(late(rows)).toEqual([[100, 69, 'paid']]);
    expect(match(rows).open).toBe(0);
  });

  it('are helped by credit notes and undone by refunds', () => {
    const credited = [invoice(100, '2026-01-01', '2026-01-31'), invoice(-100, '2026-01-15', null)];
    expect(match(credited)).toMatchObject({ late: [], open: 0 });
    const refunded = [
      invoice(100, '2026-03-01', '2026-03-31'),
      payment(100, '2026-02-01'),
      payment(-100, '2026-02-02'),
    ];
    expect(late(refunded)).toEqual([[100, 234, 'open']]);
  });

  it('may leave a hundredth open for charges', () => {
    expect(late([invoice(1000, '2026-01-01', '2026-01-31'), payment(991, '2026-01-10')])).toEqual([]);
    expect(late([invoice(1000, '2026-01-01', '2026-01-31'), payment(989, '2026-01-10')])).toHaveLength(1);
  });

  it('are not judged where no due date, no rate or no past is', () => {
    const rows = [
      invoice(100, '2026-01-01', null),
      invoice(null, '2026-01-01', '2026-01-31'),
      invoice(100, '2026-11-21', '2026-11-21'),
    ];
    expect(match(rows)).toMatchObject({ judged: 0, late: [] });
  });

  it('are late only after the days of grace that the policy gives', () => {
    const rows = [invoice(100, '2026-01-01', '2026-01-31'), payment(100, '2026-02-03')];
    expect(match(rows, { graceDays: 3, tolerance: 0 }).late).toEqual([]);
    expect(match(rows, { graceDays: 2, tolerance: 0 }).late).toHaveLength(1);
  });

  it('leave open what was billed less what came, in whatever order the rows are told', () => {
    const row = fc.record({
      type: fc.constantFrom('invoice' as const, 'payment' as const),
      amount: fc.integer({ min: 1, max: 1000 }),
      day: fc.integer({ min: 0, max: 400 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (given) => {
        const rows = given.map(({ type, amount, day }): Transaction => {
          const occurredAtMs = AS_OF - (day + 1) * DAY_MS;
          return { type, amount, occurredAtMs, dueAtMs: occurredAtMs + 30 * DAY_MS, source: 'erp' };
        });
        const exact = { graceDays: 0, tolerance: 0 };
        const found = match(rows, exact);
        const total = (type: string) =>
          rows.filter((one) => one.type === type).reduce((sum, { amount }) => sum + (amount ?? 0), 0);
        expect(found.open).toBe(Math.max(0, total('invoice') - total('payment')));
        expect(found.overdue).toBeLessThanOrEqual(found.open);
        expect(match(rows.toReversed(), exact).open).toBe(found.open);
      }),
    );
  });
});
