// Counts the calls of a day. The day ends at midnight in the account's time zone, which is UTC here.

export interface DailyBudget {
  readonly limit: number;
  take(nowMs: number): boolean;
  usedAt(nowMs: number): number;
  resetsAtMs(nowMs: number): number;
}

const DAY_MS = 86_400_000;

export const createDailyBudget = (limit: number): DailyBudget => {
  let day = -1;
  let used = 0;
  const turnTo = (nowMs: number): void => {
    const today = Math.floor(nowMs / DAY_MS);
    if (today !== day) {
      day = today;
      used = 0;
    }
  };
  return {
    limit,
    take(nowMs) {
      turnTo(nowMs);
      if (used >= limit) return false;
      used += 1;
      return true;
    },
    usedAt(nowMs) {
      turnTo(nowMs);
      return used;
    },
    resetsAtMs: (nowMs) => (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS,
  };
};
