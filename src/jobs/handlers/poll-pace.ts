// How often a CRM may be asked for changes: every minute where that is little, more seldom where calls are few.

/** Nine tenths of the day's calls stay for the runs and for everybody else. */
const SHARE_OF_THE_DAY = 0.1;
const DAY_MS = 86_400_000;

/**
 * Shortest time between two looks, in milliseconds.
 * @param objects each costs one call a look
 * @param dailyLimit the organisation's calls a day; null: it has not told yet
 */
export function pollIntervalMs(objects: number, dailyLimit: number | null): number {
  if (dailyLimit === null || dailyLimit <= 0) return 0;
  return (DAY_MS * objects) / (dailyLimit * SHARE_OF_THE_DAY);
}
