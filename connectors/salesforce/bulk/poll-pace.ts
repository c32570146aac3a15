// How long to wait before each look at a bulk job: by size first, then longer and longer. Every look is a counted call.
import type { SalesforceTimings } from '../options.ts';

const GROWTH = 1.5;

/** `look` counts from 1. */
export const nextPollMs = (
  {
    bulkFirstPollMs,
    bulkPollPerThousandMs,
    bulkPollCapMs,
  }: Pick<SalesforceTimings, 'bulkFirstPollMs' | 'bulkPollPerThousandMs' | 'bulkPollCapMs'>,
  rows: number,
  look: number,
): number => {
  const firstMs = bulkFirstPollMs + (rows / 1000) * bulkPollPerThousandMs;
  return Math.round(Math.min(bulkPollCapMs, firstMs * GROWTH ** (look - 1)));
};
