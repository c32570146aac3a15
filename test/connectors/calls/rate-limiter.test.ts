import { describe, expect, it } from 'vitest';
import { createRateLimiter, shareRateLimiter } from '#connectors/calls/rate-limiter.ts';
import type { Clock } from '#ports/clock.ts';

/** A clock on which sleeping takes no time but moves the hands. */
function createQuickClock(): Clock & { nowMs: number } {
  const clock = {
    nowMs: 1_000_000,
    now: () => new Date(clock.nowMs),
    async sleep(ms: number, signal?: AbortSignal) {
      signal?.throwIfAborted();
      await Promise.resolve();
      clock.nowMs += ms;
    },
  };
  return clock;
}

const RULES = { burst: { limit: 4, intervalMs: 1000 }, search: { limit: 2, intervalMs: 1000 } };

/** Takes `count` turns one after the other and tells when each came, from the first on. */
async function takeTurns(
  limiter: { take(bucket: 'burst'): Promise<void> },
  clock: { nowMs: number },
  count: number,
): Promise<number[]> {
  const start = clock.nowMs;
  const turns: number[] = [];
  for (let turn = 0; turn < count; turn += 1) {
    await limiter.take('burst');
    turns.push(clock.nowMs - start);
  }
  return turns;
}

describe('createRateLimiter', () => {
  it('lets a full window through at once and the next call when the first one leaves the window', async () => {
    const clock = createQuickClock();
    const turns = await takeTurns(createRateLimiter(RULES, clock), clock, 5);
    expect(turns.slice(0, 4)).toEqual([0, 0, 0, 0]);
    expect(turns[4]).toBeGreaterThanOrEqual(1000);
    expect(turns[4]).toBeLessThan(1200);
  });

  it('never has more calls than the limit in any interval', async () => {
    const clock = createQuickClock();
    const turns = await takeTurns(createRateLimiter(RULES, clock), clock, 40);
    const crowded = turns.filter(
      (at) => turns.filter((other) => other > at - 1000 && other <= at).length > 4,
    );
    expect(crowded).toEqual([]);
  });

  it('counts each bucket by itself', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    await takeTurns(limiter, clock, 4);
    const before = clock.nowMs;
    await limiter.take('search');
    expect(clock.nowMs).toBe(before);
  });

  it('serves callers in the order in which they came', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 10 }, async (_, caller) => {
        await limiter.take('burst');
        order.push(caller);
      }),
    );
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('takes over the limit and the interval that the answers tell', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    limiter.learn('burst', { limit: 10, intervalMs: 2000 });
    const turns = await takeTurns(limiter, clock, 11);
    expect(turns[9]).toBe(0);
    expect(turns[10]).toBeGreaterThanOrEqual(2000);
  });

  it('leaves room for what other processes use of the same window, and only for one interval', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    limiter.learn('burst', { remaining: 1 });
    const turns = await takeTurns(limiter, clock, 2);
    expect(turns[1]).toBeGreaterThanOrEqual(1000);
    expect(await takeTurns(limiter, clock, 2)).toEqual([0, 0]);
  });

  it('does not take its own calls for those of others', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    await takeTurns(limiter, clock, 2);
    limiter.learn('burst', { remaining: 2 });
    expect(await takeTurns(limiter, clock, 2)).toEqual([0, 0]);
  });

  it('ignores nonsense in what the answers tell', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    limiter.learn('burst', { limit: 0, intervalMs: Number.NaN, remaining: Number.NaN });
    expect(await takeTurns(limiter, clock, 4)).toEqual([0, 0, 0, 0]);
  });

  it('sends nothing while it is held', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    limiter.hold('burst', 7000);
    limiter.hold('burst', 10);
    expect(await takeTurns(limiter, clock, 1)).toEqual([7000]);
  });

  it('lets a caller who gives up out of the line without stopping the others', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    await takeTurns(limiter, clock, 4);
    const impatient = new AbortController();
    const given = limiter.take('burst', impatient.signal);
    const patient = limiter.take('burst');
    impatient.abort(new Error('stopped'));
    await expect(given).rejects.toThrow('stopped');
    await expect(patient).resolves.toBeUndefined();
  });

  it('is not blocked by a clock that was set back', async () => {
    const clock = createQuickClock();
    const limiter = createRateLimiter(RULES, clock);
    await takeTurns(limiter, clock, 4);
    clock.nowMs -= 3_600_000;
    expect(await takeTurns(limiter, clock, 1)).toEqual([0]);
  });
});

describe('shareRateLimiter', () => {
  it('gives two connections to one organisation one window', async () => {
    const clock = createQuickClock();
    const first = shareRateLimiter('portal 7', RULES, clock);
    const second = shareRateLimiter('portal 7', RULES, clock);
    await takeTurns(first.limiter, clock, 4);
    const before = clock.nowMs;
    await second.limiter.take('burst');
    expect(clock.nowMs - before).toBeGreaterThanOrEqual(1000);
    first.release();
    second.release();
  });

  it('starts afresh after the last user has released it, however often one releases', () => {
    const clock = createQuickClock();
    const first = shareRateLimiter('portal 8', RULES, clock);
    const second = shareRateLimiter('portal 8', RULES, clock);
    first.release();
    first.release();
    expect(shareRateLimiter('portal 8', RULES, clock).limiter).toBe(second.limiter);
    second.release();
    shareRateLimiter('portal 8', RULES, clock).release();
    expect(shareRateLimiter('portal 9', RULES, clock).limiter).not.toBe(second.limiter);
  });
});
