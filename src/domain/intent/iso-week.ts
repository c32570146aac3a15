// ISO weeks as numbers, so that fifteen of them can be counted. Weeks begin on Monday 00:00 UTC.

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05 was a Monday. */
const FIRST_MONDAY_MS = 4 * DAY_MS;

/** Consecutive weeks have consecutive numbers. */
export function isoWeekNumber(ms: number): number {
  return Math.floor((ms - FIRST_MONDAY_MS) / WEEK_MS);
}

export function mondayMs(week: number): number {
  return FIRST_MONDAY_MS + week * WEEK_MS;
}
