// Counts events in a window that moves with time.

export interface RollingWindow {
  /** Takes a place when one is free; `remaining` is what is free afterwards. */
  take(nowMs: number): { readonly taken: boolean; readonly remaining: number };
}

export const createRollingWindow = (limit: number, lengthMs: number): RollingWindow => {
  let taken: number[] = [];
  return {
    take(nowMs) {
      const firstInside = taken.findIndex((atMs) => atMs > nowMs - lengthMs);
      taken = firstInside === -1 ? [] : taken.slice(firstInside);
      if (taken.length >= limit) return { taken: false, remaining: 0 };
      taken.push(nowMs);
      return { taken: true, remaining: limit - taken.length };
    },
  };
};
