import { assert, double, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_RETRY, type RetryPolicy, waitBeforeRetry, withRetry } from '#connectors/calls/retry.ts';
import {
  AuthError,
  BudgetError,
  InterruptedError,
  RateLimitedError,
  UnavailableError,
} from '#errors/errors.ts';
import { createManualClock } from './manual-clock.ts';

const policy: RetryPolicy = { attempts: 4, baseMs: 100, capMs: 300, patienceMs: 60_000 };

const failTimes = (times: number, error: Error): { call: () => Promise<string>; calls: () => number } => {
  let calls = 0;
  return {
    calls: () => calls,
    async call() {
      calls += 1;
      if (calls <= times) throw error;
      return 'done';
    },
  };
};

describe('withRetry', () => {
  it('repeats a passing failure until the call succeeds', async () => {
    const clock = createManualClock();
    const flaky = failTimes(2, new UnavailableError('503'));
    await expect(withRetry(flaky.call, policy, { clock, random: () => 1 })).resolves.toBe('done');
    expect(flaky.calls()).toBe(3);
  });

  it('doubles the upper bound of the pause up to the cap', async () => {
    const clock = createManualClock();
    const flaky = failTimes(3, new UnavailableError('503'));
    await withRetry(flaky.call, policy, { clock, random: () => 1 });
    expect(clock.sleeps).toEqual([100, 200, 300]);
  });

  it('throws the last failure when the attempts are used up', async () => {
    const clock = createManualClock();
    const dead = failTimes(9, new UnavailableError('503'));
    await expect(withRetry(dead.call, policy, { clock, random: () => 0 })).rejects.toThrow('503');
    expect(dead.calls()).toBe(4);
  });

  it.each([new AuthError('no'), new BudgetError('no'), new InterruptedError('no'), new TypeError('a bug')])(
    'does not repeat after %s',
    async (error) => {
      const clock = createManualClock();
      const refused = failTimes(1, error);
      await expect(withRetry(refused.call, policy, { clock, random: () => 0 })).rejects.toBe(error);
      expect(refused.calls()).toBe(1);
    },
  );

  it('waits at least as long as the vendor asks', async () => {
    const clock = createManualClock();
    const limited = failTimes(1, new RateLimitedError('429', 7000));
    await withRetry(limited.call, policy, { clock, random: () => 0.5 });
    expect(clock.sleeps).toEqual([7050]);
  });

  it.each([null, 60_001])('gives up at once when the vendor asks to wait %s ms', async (retryAfterMs) => {
    const clock = createManualClock();
    const limited = failTimes(1, new RateLimitedError('429', retryAfterMs));
    await expect(withRetry(limited.call, policy, { clock, random: () => 0 })).rejects.toThrow('429');
    expect(limited.calls()).toBe(1);
  });

  it('lets the caller refuse a repeat', async () => {
    const clock = createManualClock();
    const flaky = failTimes(1, new UnavailableError('cut'));
    const parts = { clock, random: () => 0, canRetry: () => false };
    await expect(withRetry(flaky.call, policy, parts)).rejects.toThrow('cut');
    expect(flaky.calls()).toBe(1);
  });

  it('ends as interrupted when the caller stops during a pause', async () => {
    const controller = new AbortController();
    const clock = createManualClock();
    const flaky = failTimes(1, new UnavailableError('503'));
    const parts = { clock, random: () => 0, signal: controller.signal, onRetry: () => controller.abort() };
    await expect(withRetry(flaky.call, policy, parts)).rejects.toThrow(InterruptedError);
  });
});

describe('waitBeforeRetry', () => {
  it('never pauses longer than the cap for a failure without a pause of its own', () => {
    assert(
      property(
        integer({ min: 1, max: 40 }),
        double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (attempt, drawn) => {
          const waitMs = waitBeforeRetry(new UnavailableError('x'), attempt, DEFAULT_RETRY, () => drawn);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(DEFAULT_RETRY.capMs);
        },
      ),
    );
  });
});
