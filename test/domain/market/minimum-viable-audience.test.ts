import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audienceForReturn, audienceForRevenue } from '#domain/market/minimum-viable-audience.ts';

const odds = { acv: 50_000, opportunity: 0.15, win: 0.25 };
const costs = { fixed: 60_000, perAccount: 400, goal: 1, margin: 0.8 };

describe('the fewest accounts', () => {
  it('that bring a million of revenue are 534, as the policy works out', () => {
    expect(audienceForRevenue(1_000_000, odds)).toBe(534);
  });

  it('that bring the costs back twice are 172, as the policy works out', () => {
    expect(audienceForReturn(costs, odds)).toBe(172);
  });

  it('are none when each account costs more than it brings', () => {
    expect(audienceForReturn({ ...costs, perAccount: 750 }, odds)).toBeNull();
    expect(audienceForReturn({ ...costs, perAccount: 900 }, odds)).toBeNull();
    expect(audienceForRevenue(1_000_000, { ...odds, win: 0 })).toBeNull();
  });

  it('are not one more for the noise of binary numbers', () => {
    expect(audienceForRevenue(3, { acv: 0.1, opportunity: 1, win: 1 })).toBe(30);
  });

  it('reach the goal, and one less does not (invariant L8)', () => {
    const chance = fc.double({ min: 0.01, max: 1, noNaN: true });
    const money = fc.integer({ min: 1, max: 1_000_000 });
    fc.assert(
      fc.property(money, money, chance, chance, (target, acv, opportunity, win) => {
        const accounts = audienceForRevenue(target, { acv, opportunity, win }) ?? 0;
        const each = acv * opportunity * win;
        expect(accounts * each).toBeGreaterThanOrEqual(target * (1 - 1e-8));
        expect((accounts - 1) * each).toBeLessThan(target);
      }),
    );
  });
});
