import { describe, expect, it } from 'vitest';
import { assessAccount, NOTHING_REMEMBERED } from '#domain/tier/assess-account.ts';
import { parseDay } from '#domain/tier/day.ts';
import { editsOf, followRatingEdits } from '#domain/tier/rating-edits.ts';
import { anAccount, SURGING, shippedPolicy, TWO_ENGAGED } from './account.ts';

describe("a rep's word on a rating", () => {
  it('counts from the day on which it was first seen, and a new word anew', () => {
    const first = followRatingEdits({ able: 0, ready: 3 }, {}, '2026-11-01');
    const later = followRatingEdits({ able: 0, ready: 2 }, first, '2026-11-20');
    expect(later).toEqual({
      able: { rating: 0, seenOn: '2026-11-01' },
      ready: { rating: 2, seenOn: '2026-11-20' },
    });
    expect(editsOf(later, parseDay('2026-11-21'))).toEqual({
      able: { rating: 0, ageDays: 20 },
      ready: { rating: 2, ageDays: 1 },
    });
  });

  it('that is taken back is forgotten: said again, it counts from then (invariant T18)', () => {
    const said = followRatingEdits({ able: 0 }, {}, '2026-11-01');
    const gone = followRatingEdits({}, said, '2026-11-02');
    expect(gone).toEqual({});
    expect(followRatingEdits({ able: 0 }, gone, '2026-11-03').able?.seenOn).toBe('2026-11-03');
  });

  it('of no ability or no success keeps an account out of Tier 1 (invariant T3)', () => {
    const best = anAccount({ topics: [...SURGING], events: [...TWO_ENGAGED], topicsConfigured: 1 });
    const tierOf = (changes: object) =>
      assessAccount({ ...best, ...changes }, NOTHING_REMEMBERED, shippedPolicy);
    expect(tierOf({}).computedTier).toBe('Tier 1');
    expect(tierOf({ able: 0 })).toMatchObject({ computedTier: 'Tier 2', reasons: ['ABLE_VETO'] });
    expect(tierOf({ success: 0 })).toMatchObject({ computedTier: 'Tier 2', reasons: ['SUCCESS_VETO'] });
    expect(tierOf({ success: 1 }).computedTier).toBe('Tier 1');
  });
});
