// A clock for tests: sleeping takes no real time and is written down.
import type { Clock } from '#ports/clock.ts';

export interface ManualClock extends Clock {
  /** Milliseconds of every sleep, in order. */
  readonly sleeps: readonly number[];
}

export const createManualClock = (start = '2026-11-02T08:00:00.000Z'): ManualClock => {
  let nowMs = Date.parse(start);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => new Date(nowMs),
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
      await Promise.resolve();
    },
  };
};
