// Days as numbers, so that stays and cycles can be counted. All days are UTC.

const DAY_MS = 86_400_000;

/** Days since 1970-01-01. */
export type DayNumber = number;

export function dayNumber(ms: number): DayNumber {
  return Math.floor(ms / DAY_MS);
}

/** Of `YYYY-MM-DD`; anything else is a mistake of the caller. */
export function parseDay(text: string): DayNumber {
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${text}" is no day such as 2026-11-21`);
  return ms / DAY_MS;
}

/** `YYYY-MM-DD`. */
export function dayText(day: DayNumber): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Demotions are published on every `everyDays`-th day counted from `from`. */
export function isPublishDay(day: DayNumber, from: DayNumber, everyDays: number): boolean {
  return (((day - from) % everyDays) + everyDays) % everyDays === 0;
}
