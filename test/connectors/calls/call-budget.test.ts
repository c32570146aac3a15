import { describe, expect, it } from 'vitest';
import { createCallBudget } from '#connectors/calls/call-budget.ts';
import { BudgetError } from '#errors/errors.ts';

const createBudget = (dailyShare = 0.5) => createCallBudget({ connection: 'sf', dailyShare });

describe('createCallBudget', () => {
  it('knows nothing and refuses nothing before the vendor has told', () => {
    const budget = createBudget();
    budget.spend();
    budget.assertRoomFor(1_000_000);
    expect(budget.daily).toBeNull();
  });

  it('allows the last call within the share', () => {
    const budget = createBudget();
    budget.told({ used: 49, limit: 100 });
    expect(() => {
      budget.assertRoomFor(1);
    }).not.toThrow();
  });

  it('refuses the call that would pass the share', () => {
    const budget = createBudget();
    budget.told({ used: 50, limit: 100 });
    expect(() => {
      budget.assertRoomFor(1);
    }).toThrow(BudgetError);
  });

  it('counts what was sent since the vendor last told', () => {
    const budget = createBudget();
    budget.told({ used: 48, limit: 100 });
    budget.spend();
    budget.spend();
    expect(budget.daily).toEqual({ used: 50, limit: 100 });
    expect(() => {
      budget.assertRoomFor(1);
    }).toThrow('50 of the day');
  });

  it('believes the vendor again when it tells anew', () => {
    const budget = createBudget();
    budget.told({ used: 50, limit: 100 });
    budget.told({ used: 10, limit: 100 });
    expect(() => {
      budget.assertRoomFor(40);
    }).not.toThrow();
  });
});
