import { describe, expect, it } from 'vitest';
import { compareTiers, findMisplacedRules } from '#domain/tier/backtest/compare-outcomes.ts';
import { type CompanyOutcome, createOutcomeTally } from '#domain/tier/backtest/outcome-tally.ts';

const nothing: CompanyOutcome = { won: 0, wonAmount: 0, lost: 0, lostAmount: 0, opened: 0, openedAmount: 0 };

/** `having` of `of` companies with a new deal, of 10,000 each. */
function opened(group: string, having: number, of: number, into = createOutcomeTally()) {
  for (let index = 0; index < of; index += 1) {
    into.add(group, index < having ? { ...nothing, opened: 1, openedAmount: 10_000 } : nothing);
  }
  return into;
}

describe('outcomes by group', () => {
  it('are counted a deal and a company each, with a Wilson interval', () => {
    const tally = createOutcomeTally();
    tally.add('Tier 1', { ...nothing, won: 32, wonAmount: 640_000, lost: 8, lostAmount: 160_000 });
    const group = tally.groups().get('Tier 1');
    expect(group).toMatchObject({
      companies: 1,
      winRate: { having: 32, of: 40, share: 0.8 },
      wonAmountShare: 0.8,
    });
    // The policy page's example: 32 of 40 is 65.2% to 89.5%.
    expect(group?.winRate.interval?.low).toBeCloseTo(0.652, 3);
    expect(group?.winRate.interval?.high).toBeCloseTo(0.895, 3);
    expect(group?.bought).toMatchObject({ having: 1, of: 1, share: null });
  });

  it('hide a share of fewer than ten', () => {
    expect(opened('Tier 2', 9, 9).groups().get('Tier 2')?.precision).toEqual({
      having: 9,
      of: 9,
      share: null,
      interval: null,
    });
    expect(opened('Tier 2', 9, 10).groups().get('Tier 2')?.precision.share).toBe(0.9);
  });

  it('prove a tier right or wrong only where the intervals do not touch', () => {
    const tally = createOutcomeTally();
    opened('Tier 1', 40, 100, tally);
    opened('Tier 2', 10, 100, tally);
    opened('Tier 3', 12, 100, tally);
    opened('Not tiered', 60, 100, tally);
    const found = compareTiers(tally.groups()).filter(({ measure }) => measure === 'precision');
    expect(found.map(({ tier, below, finding }) => `${tier} / ${below}: ${finding}`)).toEqual([
      'Tier 1 / Tier 2: better',
      'Tier 2 / Tier 3: alike',
      'Tier 3 / Not tiered: worse',
    ]);
    expect(compareTiers(tally.groups()).find(({ measure }) => measure === 'winRate')?.finding).toBe(
      'too few',
    );
  });

  it('name a rule that belongs higher or lower', () => {
    const tiers = createOutcomeTally();
    opened('Tier 1', 40, 100, tiers);
    opened('Tier 2', 30, 100, tiers);
    opened('Tier 3', 20, 100, tiers);
    const ruleOf = (name: string, having: number) => ({
      rule: name,
      tier: 'Tier 2' as const,
      outcome: opened(name, having, 100).groups().get(name) ?? fail(),
    });
    const found = findMisplacedRules(
      [ruleOf('TOO_LOW', 80), ruleOf('RIGHT', 30), ruleOf('TOO_HIGH', 2)],
      tiers.groups(),
    );
    expect(found).toEqual([
      { rule: 'TOO_LOW', tier: 'Tier 2', measure: 'precision', finding: 'better than the tier above' },
      { rule: 'TOO_HIGH', tier: 'Tier 2', measure: 'precision', finding: 'worse than the tier below' },
    ]);
  });
});

function fail(): never {
  throw new Error('the group was not counted');
}
