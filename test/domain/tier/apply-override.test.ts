import { describe, expect, it } from 'vitest';
import { applyOverride } from '#domain/tier/apply-override.ts';

describe('an override', () => {
  it('that pins always stands, even where it changes nothing', () => {
    const pin = { kind: 'pin', tier: 'Tier 3', expiresInDays: 5 } as const;
    expect(applyOverride('Tier 1', pin)).toEqual({ tier: 'Tier 3', code: 'OVERRIDE_PIN' });
    expect(applyOverride('Tier 3', pin)).toEqual({ tier: 'Tier 3', code: 'OVERRIDE_PIN' });
  });

  it('that sets a floor speaks only when the account is below', () => {
    const floor = { kind: 'floor', tier: 'Tier 2', expiresInDays: 5 } as const;
    expect(applyOverride('Unscored', floor)).toEqual({ tier: 'Tier 2', code: 'OVERRIDE_FLOOR' });
    expect(applyOverride('Tier 2', floor)).toEqual({ tier: 'Tier 2', code: null });
    expect(applyOverride('Tier 1', floor)).toEqual({ tier: 'Tier 1', code: null });
  });

  it('that sets a ceiling speaks only when the account is above', () => {
    const ceiling = { kind: 'ceiling', tier: 'Tier 2', expiresInDays: 5 } as const;
    expect(applyOverride('Tier 1', ceiling)).toEqual({ tier: 'Tier 2', code: 'OVERRIDE_CEILING' });
    expect(applyOverride('Tier 3', ceiling)).toEqual({ tier: 'Tier 3', code: null });
  });

  it('that excludes takes the account out', () => {
    expect(applyOverride('Tier 1', { kind: 'exclude', expiresInDays: 5 })).toEqual({
      tier: 'Excluded',
      code: 'OVERRIDE_EXCLUDE',
    });
  });

  it('that is over changes nothing and says so', () => {
    for (const kind of ['pin', 'floor', 'ceiling', 'exclude'] as const) {
      expect(applyOverride('Tier 2', { kind, tier: 'Tier 1', expiresInDays: 0 })).toEqual({
        tier: 'Tier 2',
        code: 'OVERRIDE_EXPIRED',
      });
    }
  });

  it('says nothing of an account on the negative list', () => {
    for (const expiresInDays of [30, -1]) {
      expect(applyOverride('Excluded', { kind: 'pin', tier: 'Tier 1', expiresInDays })).toEqual({
        tier: 'Excluded',
        code: null,
      });
    }
  });
});
