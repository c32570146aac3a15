// How many of the day's API calls are used. The window does not roll: a sandbox seldom lives for a day.

export interface ApiUsage {
  readonly used: number;
  readonly max: number;
  /** Counts a call; false when none is left. */
  take(): boolean;
  /** What others in the org have used as well. */
  set(used: number): void;
}

export const createApiUsage = (max: number): ApiUsage => {
  let used = 0;
  return {
    get used() {
      return used;
    },
    max,
    take() {
      if (used >= max) return false;
      used += 1;
      return true;
    },
    set(count) {
      used = count;
    },
  };
};
