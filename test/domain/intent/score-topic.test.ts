import { describe, expect, it } from 'vitest';
import { scoreCounts, scoreTopic } from '#domain/intent/score-topic.ts';
import { shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.intent;
const weeks = (count: number) => Array.from({ length: 12 }, () => count);
const surge = (baseline: readonly number[], recent: readonly number[]) =>
  scoreCounts(baseline, recent, policy.counts);

describe('weekly counts', () => {
  it('score 50 when the account does what it always does', () => {
    expect(surge(weeks(6), [6, 6, 6])).toBe(50);
  });

  it('score 60 at one and a half deviations above the own baseline', () => {
    // An even baseline of 4 has no spread of its own: a Poisson of mean 4 deviates by 2.
    expect(surge(weeks(4), [7, 7, 7])).toBeCloseTo(60, 9);
  });

  it('measure a restless account by its own sample deviation', () => {
    const restless = [2, 14, 2, 14, 2, 14, 2, 14, 2, 14, 2, 14];
    // mean 8, s = 6·√(12/11) = 6.2668; 17.4 stands 1.5 of them above.
    expect(surge(restless, [17.4002, 17.4002, 17.4002])).toBeCloseTo(60, 3);
  });

  it('weigh the newest week most', () => {
    expect(surge(weeks(4), [4, 4, 9])).toBeGreaterThan(surge(weeks(4), [9, 4, 4]));
  });

  it('fall below 50 when the account goes quiet, and never below 0', () => {
    expect(surge(weeks(9), [3, 3, 3])).toBeCloseTo(50 - (20 / 3) * 2, 9);
    expect(surge(weeks(400), [0, 0, 0])).toBe(0);
  });

  it('never surge on a handful of clicks', () => {
    expect(surge(weeks(0), [0, 1, 3])).toBe(59);
    expect(surge(weeks(0), [0, 0, 5])).toBeGreaterThan(60);
  });

  it('stop at 100', () => {
    expect(surge(weeks(1), [90, 90, 90])).toBe(100);
  });
});

describe('the score of a topic', () => {
  it('loses half of what stands above 50 in a half-life', () => {
    expect(scoreTopic({ score: 90, ageDays: 14, method: 'publisher' }, policy)).toBe(70);
    expect(scoreTopic({ score: 90, ageDays: 28, method: 'publisher' }, policy)).toBe(60);
  });

  it('stays as it is at 50 and below', () => {
    expect(scoreTopic({ score: 31, ageDays: 60, method: 'publisher' }, policy)).toBe(31);
  });

  it('decays counts like a provider score', () => {
    const counted = { baseline: weeks(4), recent: [10, 10, 10], ageDays: 14, method: 'first_party' } as const;
    expect(scoreTopic(counted, policy)).toBeCloseTo(50 + 20 / 2, 9);
  });
});
