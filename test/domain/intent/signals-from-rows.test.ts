import { describe, expect, it } from 'vitest';
import { signalsFromIntentRows } from '#domain/intent/signals-from-rows.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const asOf = Date.UTC(2026, 5, 30);
const row = (
  signal: 'category' | 'pricing',
  day: number,
  method: 'review_site' | 'unknown' = 'review_site',
) => ({
  source: 'reviews',
  method,
  signal,
  observedAtMs: Date.UTC(2026, 5, day),
});

describe('signals out of rows', () => {
  it('carry the points of the policy and their age, newest first', () => {
    const { signals, ignored } = signalsFromIntentRows(
      [row('category', 2), row('pricing', 28), row('pricing', 31), row('pricing', 20, 'unknown')],
      { asOfMs: asOf, country: 'US', attestations: [] },
      shippedPolicy.intent,
    );
    expect(signals).toEqual([
      { points: 50, ageDays: 2, signal: 'pricing', source: 'reviews', seenAtMs: Date.UTC(2026, 5, 28) },
      { points: 8, ageDays: 28, signal: 'category', source: 'reviews', seenAtMs: Date.UTC(2026, 5, 2) },
    ]);
    expect(ignored).toEqual({ future: 1, refused: 1 });
  });
});
