import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACCOUNT_WINDOW_MS, judgeAttempt, PAIR_WINDOW_MS } from '#domain/access/judge-attempt.ts';

describe('a guess', () => {
  it('is let through ten times from one address', () => {
    const verdicts = [1, 10, 11].map((fromHere) =>
      judgeAttempt({ fromHere, fromAnywhere: fromHere, knownAddress: false }),
    );
    expect(verdicts).toEqual([null, null, PAIR_WINDOW_MS]);
  });

  it('from an address that was never used waits when a hundred came from anywhere', () => {
    const counts = { fromHere: 1, fromAnywhere: 101 };
    expect(judgeAttempt({ ...counts, knownAddress: false })).toBe(ACCOUNT_WINDOW_MS);
    expect(judgeAttempt({ ...counts, knownAddress: true })).toBeNull();
  });

  it('of the owner at a known address never waits for what others do (invariant H4)', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.nat(), (fromHere, others) => {
        expect(judgeAttempt({ fromHere, fromAnywhere: fromHere + others, knownAddress: true })).toBeNull();
      }),
    );
  });
});
