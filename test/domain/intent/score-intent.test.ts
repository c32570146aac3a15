import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IntentSignal, scoreIntent, topicsNeeded } from '#domain/intent/score-intent.ts';
import type { IntentTopic } from '#domain/intent/score-topic.ts';
import { aTopic, shippedPolicy } from '#test/domain/tier/account.ts';

const policy = shippedPolicy.intent;
const intentOf = (
  topics: readonly IntentTopic[],
  signals: readonly IntentSignal[] = [],
  topicsConfigured = 1,
  wasOn = false,
) => scoreIntent(topics, topicsConfigured, signals, wasOn, policy);
const flips = (flags: readonly boolean[]) =>
  flags.filter((flag, index) => index > 0 && flag !== flags[index - 1]).length;

describe('intent', () => {
  it('asks a quarter of the watched topics to score, at least one', () => {
    expect([1, 4, 5, 8, 9].map((watched) => topicsNeeded(watched, policy))).toEqual([1, 1, 2, 2, 3]);
  });

  it('is the n-th highest topic', () => {
    expect(intentOf([aTopic(64), aTopic(91), aTopic(70)], [], 8).intent).toBe(70);
  });

  it('is nothing with fewer topics than needed', () => {
    expect(intentOf([aTopic(97)], [], 5).intent).toBe(0);
  });

  it('adds up review-site signals, faded by age', () => {
    // 2 × (25 + 50 / 4)
    expect(
      intentOf(
        [],
        [
          { points: 25, ageDays: 0 },
          { points: 50, ageDays: 28 },
        ],
      ).intent,
    ).toBe(75);
    expect(intentOf([], [{ points: 500, ageDays: 0 }]).intent).toBe(100);
  });

  it('takes the higher of topics and signals', () => {
    expect(intentOf([aTopic(58)], [{ points: 8, ageDays: 0 }]).intent).toBe(58);
    expect(intentOf([aTopic(12)], [{ points: 8, ageDays: 0 }]).intent).toBe(16);
  });

  it('forgets what is older than 90 days', () => {
    expect(intentOf([aTopic(40, 90)]).intent).toBe(40);
    expect(intentOf([aTopic(40, 90.01)]).intent).toBe(0);
    expect(intentOf([], [{ points: 50, ageDays: 90.01 }]).intent).toBe(0);
  });

  it('drops data gathered without consent, unless somebody answers for it', () => {
    expect(intentOf([{ ...aTopic(80), method: 'bidstream' }]).intent).toBe(0);
    expect(intentOf([{ ...aTopic(80), method: 'unknown' }]).intent).toBe(0);
    expect(intentOf([{ ...aTopic(80), method: 'bidstream', attested: true }]).intent).toBe(80);
  });

  it('switches on at 60 and off below 55, as rounded for people', () => {
    expect(intentOf([aTopic(59.94)]).isOn).toBe(false);
    expect(intentOf([aTopic(59.95)]).isOn).toBe(true);
    expect(intentOf([aTopic(54.95)], [], 1, true).isOn).toBe(true);
    expect(intentOf([aTopic(54.94)], [], 1, true).isOn).toBe(false);
  });

  it('flips three times where a bare threshold flips five', () => {
    const runs = [59, 61, 58, 56, 61, 57, 54, 59, 62];
    let isOn = false;
    const held = runs.map((score) => {
      isOn = intentOf([aTopic(score)], [], 1, isOn).isOn;
      return isOn;
    });
    expect(held).toEqual([false, true, true, true, true, true, false, false, true]);
    expect(flips(held)).toBe(3);
    expect(flips(runs.map((score) => score >= 60))).toBe(5);
  });

  it('never falls when a topic scores higher or another is added', () => {
    const score = fc.double({ min: 0, max: 100, noNaN: true });
    const age = fc.double({ min: 0, max: 120, noNaN: true });
    const topics = fc.array(fc.record({ score, ageDays: age, method: fc.constant('publisher' as const) }));
    fc.assert(
      fc.property(topics, score, score, fc.nat(12), (rest, one, other, watched) => {
        const low = intentOf([...rest, aTopic(Math.min(one, other))], [], watched + 1).intent;
        const high = intentOf([...rest, aTopic(Math.max(one, other))], [], watched + 1).intent;
        expect(high).toBeGreaterThanOrEqual(low);
        expect(low).toBeGreaterThanOrEqual(intentOf(rest, [], watched + 1).intent);
      }),
    );
  });
});
