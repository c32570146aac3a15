// The real clock. Everything else is given one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#ports/clock.ts';

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  },
};
