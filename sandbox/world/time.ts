// Instants of the invented past, always on a whole second: Salesforce keeps no finer ones.
import type { Random } from './random.ts';

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
export const DAY_MS = 24 * HOUR_MS;

export const secondsBefore = (
  moment: Date,
  { days = 0, hours = 0 }: { readonly days?: number; readonly hours?: number },
): Date => new Date(Math.floor((moment.getTime() - days * DAY_MS - hours * HOUR_MS) / SECOND_MS) * SECOND_MS);

/** Between the two; `from` when they are in the wrong order. */
export const momentBetween = (random: Random, from: Date, to: Date): Date => {
  const spanMs = Math.max(to.getTime() - from.getTime(), 0);
  return new Date(Math.floor((from.getTime() + random.next() * spanMs) / SECOND_MS) * SECOND_MS);
};

/** Midnight UTC of the day so many days away from `moment`. */
export const dayFrom = (moment: Date, days: number): Date =>
  new Date(Math.floor((moment.getTime() + days * DAY_MS) / DAY_MS) * DAY_MS);
