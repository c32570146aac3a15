// Working days are Monday to Friday; holidays differ by country and are not known here.
const DAY_MS = 86_400_000;

/** @param day `YYYY-MM-DD` */
export function addWorkingDays(day: string, days: number): string {
  let at = Date.parse(`${day}T00:00:00.000Z`);
  for (let left = days; left > 0; ) {
    at += DAY_MS;
    if (isWorkingDay(at)) left -= 1;
  }
  return new Date(at).toISOString().slice(0, 10);
}

function isWorkingDay(at: number): boolean {
  const weekday = new Date(at).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}
