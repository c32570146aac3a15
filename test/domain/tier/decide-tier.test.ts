import { describe, expect, it } from 'vitest';
import type { FitBand } from '#domain/fit/fit-policy.ts';
import { decideTier, type Situation } from '#domain/tier/decide-tier.ts';
import { findRow, listCells } from '#domain/tier/decision-table.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import { shippedPolicy } from './account.ts';

const fitOf = (band: FitBand, completeness = 1) => {
  const fit = { strong: 86, high: 72, medium: 58, low: 33 }[band];
  return {
    fit,
    completeness,
    band,
    isStrong: band === 'strong',
    isHigh: band === 'strong' || band === 'high',
  };
};

const decide = (changes: Partial<Situation>) =>
  decideTier(
    {
      excluded: null,
      mustHaveMiss: null,
      fit: fitOf('strong'),
      acvBand: 'large',
      intentOn: true,
      engagedOn: true,
      able: null,
      ...changes,
    },
    shippedPolicy,
  );

/** The decision table of the policy page, read row by row. */
const expectations: readonly [FitBand, AcvBand, boolean, boolean, string, string][] = [
  ['strong', 'large', true, true, 'Tier 1', 'GOLDILOCKS_JUST_RIGHT'],
  ['strong', 'large', true, false, 'Tier 2', 'INTENT_NOT_ENGAGED'],
  ['strong', 'medium', true, false, 'Tier 2', 'INTENT_NOT_ENGAGED'],
  ['strong', 'medium', true, true, 'Tier 2', 'INTENT_ENGAGED_MEDIUM_ACV'],
  ['high', 'medium', true, true, 'Tier 2', 'INTENT_ENGAGED_MEDIUM_ACV'],
  ['high', 'large', true, true, 'Tier 2', 'FIT_BELOW_T1'],
  ['high', 'large', true, false, 'Tier 2', 'INTENT_NOT_ENGAGED'],
  ['high', 'medium', true, false, 'Tier 2', 'INTENT_NOT_ENGAGED'],
  ['strong', 'large', false, true, 'Tier 2', 'ENGAGED_INTENT_UNCONFIRMED'],
  ['high', 'large', false, true, 'Tier 3', 'ENGAGED_NEAR_FIT'],
  ['strong', 'medium', false, true, 'Tier 3', 'ENGAGED_NO_INTENT'],
  ['high', 'medium', false, true, 'Tier 3', 'ENGAGED_NO_INTENT'],
  ['strong', 'small', true, true, 'Tier 3', 'SMALL_ACV_FAST_LANE'],
  ['high', 'small', true, false, 'Tier 3', 'SMALL_ACV'],
  ['high', 'small', false, true, 'Tier 3', 'SMALL_ACV'],
  ['strong', 'small', false, false, 'Tier 3', 'SMALL_ACV'],
  ['strong', 'large', false, false, 'Tier 3', 'SLEEPING_LARGE'],
  ['high', 'large', false, false, 'Tier 3', 'SLEEPING_LARGE'],
  ['strong', 'medium', false, false, 'Tier 3', 'QUIET'],
  ['high', 'medium', false, false, 'Tier 3', 'QUIET'],
  ['medium', 'small', true, true, 'Tier 3', 'STRETCH_FIT'],
  ['medium', 'large', true, false, 'Not tiered', 'FIT_MEDIUM_NO_SIGNALS'],
  ['medium', 'medium', false, true, 'Not tiered', 'FIT_MEDIUM_NO_SIGNALS'],
  ['low', 'large', true, true, 'Not tiered', 'FIT_LOW'],
];

describe('the decision table', () => {
  it.each(expectations)(
    'gives fit %s, %s ACV, intent %s, engaged %s: %s %s',
    (band, acv, intent, engaged, tier, reason) => {
      expect(decide({ fit: fitOf(band), acvBand: acv, intentOn: intent, engagedOn: engaged })).toMatchObject({
        tier,
        reason,
      });
    },
  );

  it('has an answer to every situation', () => {
    expect(listCells()).toHaveLength(48);
    expect(listCells().filter((cell) => findRow(shippedPolicy.table, cell) === null)).toEqual([]);
  });

  it('says which cells are the method’s own: three of the twelve with high fit', () => {
    const own = listCells()
      .filter((cell) => cell.fit === 'strong' && findRow(shippedPolicy.table, cell)?.from === 'method')
      .map(({ acv, intent, engaged }) => [acv, intent, engaged]);
    expect(own).toEqual([
      ['large', true, true],
      ['medium', true, false],
      ['small', false, false],
    ]);
  });
});

describe('what comes before the table', () => {
  it('excludes before anything else', () => {
    expect(decide({ excluded: 'competitor', mustHaveMiss: 'geo', fit: fitOf('low', 0) })).toEqual({
      tier: 'Excluded',
      reason: 'EXCLUDED:competitor',
    });
  });

  it('does not tier an account that misses a must-have, however little else is known', () => {
    expect(decide({ mustHaveMiss: 'geo', fit: fitOf('low', 0.1) })).toEqual({
      tier: 'Not tiered',
      reason: 'MUST_HAVE_MISS:geo',
    });
  });

  it('leaves an account unscored of which too little is known', () => {
    expect(decide({ fit: fitOf('strong', 0.29) })).toMatchObject({
      tier: 'Unscored',
      reason: 'DATA_INCOMPLETE',
    });
    expect(decide({ fit: fitOf('strong', 0.3) })).toMatchObject({ tier: 'Tier 1' });
  });
});

describe('a veto', () => {
  it('keeps an account with a frozen budget out of Tier 1', () => {
    expect(decide({ able: 0 })).toEqual({ tier: 'Tier 2', reason: 'ABLE_VETO' });
    expect(decide({ able: 1 }).tier).toBe('Tier 1');
  });

  it('changes nothing below Tier 1', () => {
    expect(decide({ able: 0, engagedOn: false })).toMatchObject({
      tier: 'Tier 2',
      reason: 'INTENT_NOT_ENGAGED',
    });
  });

  it('keeps out an account without success potential, should a policy let it come that far', () => {
    expect(decide({ fit: { ...fitOf('strong'), fit: 44 } })).toEqual({
      tier: 'Tier 2',
      reason: 'SUCCESS_VETO',
    });
  });
});
