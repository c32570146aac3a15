// Estimates the stamps of rows that one request wrote: REST and Bulk do not tell them, and reading them back costs calls.
import type { CrmWindow } from '../call/vendor-clock.ts';

/**
 * The rows of a request are worked on one after another, so their stamps are spread evenly over the time the request took
 * by the CRM's clock. Each value is an estimate; the earliest and the latest of a request always enclose every stamp it
 * made, since the window is rounded outwards to whole seconds. A single row gets the earliest: with the latest, a person's edit
 * of the same second would look older than our write. Null without a clock.
 */
export const estimateStamps = (window: CrmWindow | null, rows: number): readonly (string | null)[] => {
  if (window === null) return Array.from({ length: rows }, () => null);
  const fromMs = Date.parse(window.from);
  const toMs = Date.parse(window.to);
  if (rows === 1) return [window.from];
  return Array.from({ length: rows }, (_value, index) =>
    new Date(fromMs + Math.round(((toMs - fromMs) * index) / (rows - 1))).toISOString(),
  );
};

/** The stretch from the beginning of one window to the end of another. */
export const joinWindows = (first: CrmWindow | null, last: CrmWindow | null): CrmWindow | null =>
  first === null || last === null ? null : { from: first.from, to: last.to };
