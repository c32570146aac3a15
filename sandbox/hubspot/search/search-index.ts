// Lets search see a write only after a while, as HubSpot's own index does.
// The records themselves change at once; only `indexed` lags behind.
import type { HubRecord, RecordValues } from '#sandbox/hubspot/portal/record.ts';

export interface SearchIndex {
  /** Notes the record as it is now, to be seen `lagMs` later. */
  note(record: HubRecord): void;
  /** Makes everything visible whose time has come. */
  catchUp(): void;
  /** Makes everything visible now. */
  settle(): void;
  /** What happened after this moment is not seen yet. */
  visibleUntilMs(): number;
}

const TIDY_EVERY = 1024;

interface Pending {
  readonly record: HubRecord;
  readonly values: RecordValues;
  readonly visibleAtMs: number;
}

export const createSearchIndex = (lagMs: number, now: () => number): SearchIndex => {
  let pending: Pending[] = [];
  let settledAtMs = 0;

  const showUntil = (untilMs: number): void => {
    let shown = 0;
    for (const { record, values, visibleAtMs } of pending) {
      if (visibleAtMs > untilMs) break;
      record.indexed = values;
      shown += 1;
    }
    if (shown > 0) pending = pending.slice(shown);
  };

  return {
    note(record) {
      pending.push({ record, values: record.values, visibleAtMs: now() + lagMs });
      // Where nobody searches, what is due would pile up for ever.
      if (pending.length % TIDY_EVERY === 0) showUntil(now());
    },
    catchUp: () => {
      showUntil(now());
    },
    settle: () => {
      settledAtMs = now();
      showUntil(Number.POSITIVE_INFINITY);
    },
    visibleUntilMs: () => Math.max(now() - lagMs, settledAtMs),
  };
};
