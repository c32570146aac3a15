import { describe, expect, it } from 'vitest';
import { toWorkspaceMoney } from '#domain/value/money.ts';

const rates = { currency: 'USD', rates: { EUR: 1.08, JPY: 0.0066 } };

describe('money', () => {
  it.each<readonly [number, string | null, number | null]>([
    [240_000_000, 'EUR', 259_200_000],
    [1_999, 'JPY', 13.19],
    [10.005, 'USD', 10.005],
    [5, null, 5],
    [5, ' eur ', 5.4],
    [5, 'XYZ', null],
  ])('of %d %s is %d of the workspace', (amount, from, expected) => {
    expect(toWorkspaceMoney(amount, from, rates)).toBe(expected);
  });
});
