// Keeps what two readers of the same records have seen, one going up the ids and one going down, and tells when they have
// met. The upward one is the list, which is right by definition; the downward one is a search index, believed while it
// agrees with the list wherever both have looked.
import type { RawRecord } from '#ports/crm.ts';
import { compareIds, isLowerId } from '../record-ids.ts';

export interface BothEndsWalk {
  /** The downward reader has not contradicted the list so far. */
  readonly highIsTrusted: boolean;
  /** The lowest id that the downward reader gave. */
  readonly lowestOfHigh: string | null;
  /** How many there are by the downward reader's first count. */
  readonly total: number | null;
  /** How many the list gave. */
  readonly listed: number;
  /** Returns those of the records that nobody gave before. */
  takeLow(records: readonly RawRecord[]): readonly RawRecord[];
  /** The same; none once the downward reader is no longer trusted. */
  takeHigh(records: readonly RawRecord[], total: number): readonly RawRecord[];
  /** There is no id left between the two. */
  hasMet(): boolean;
  /** They have met, and together gave as many as there are. */
  isComplete(): boolean;
}

/** People archive records while we read: so many fewer than first counted do not make us read everything again. */
const ARCHIVED_MEANWHILE = 20;

export function createBothEndsWalk(onDistrust: (reason: string) => void): BothEndsWalk {
  /** Ids that search gave; true when it gave them before the list did. */
  const searched = new Map<string, boolean>();
  let lastListed: readonly string[] = [];
  let highestOfLow: string | null = null;
  let lowestOfHigh: string | null = null;
  let total: number | null = null;
  let trusted = true;
  let listed = 0;
  let given = 0;

  const distrust = (reason: string): void => {
    if (trusted) onDistrust(reason);
    trusted = false;
  };

  const checkOverlap = (): void => {
    if (lowestOfHigh === null) return;
    const from = lowestOfHigh;
    if (lastListed.some((id) => compareIds(id, from) >= 0 && !searched.has(id)))
      distrust('search left out a record that the list has');
  };

  const hasMet = (): boolean =>
    trusted && highestOfLow !== null && lowestOfHigh !== null && !isLowerId(highestOfLow, lowestOfHigh);

  return {
    get highIsTrusted() {
      return trusted;
    },
    get lowestOfHigh() {
      return lowestOfHigh;
    },
    get total() {
      return total;
    },
    get listed() {
      return listed;
    },
    takeLow(records) {
      const ids = records.map(({ id }) => id);
      if (!isOrdered(highestOfLow, ids, isLowerId)) distrust('the list is not in the order of its ids');
      highestOfLow = ids.at(-1) ?? highestOfLow;
      lastListed = ids;
      listed += ids.length;
      if (trusted) checkOverlap();
      const fresh = records.filter(({ id }) => searched.get(id) !== true);
      given += fresh.length;
      return fresh;
    },
    takeHigh(records, counted) {
      if (!trusted) return [];
      const ids = records.map(({ id }) => id);
      if (!isOrdered(lowestOfHigh, ids, isHigherId)) distrust('search is not in the order of its ids');
      total ??= counted;
      lowestOfHigh = ids.at(-1) ?? lowestOfHigh;
      const fresh = records.filter(({ id }) => !searched.has(id) && isAbove(highestOfLow, id));
      for (const id of ids) if (!searched.has(id)) searched.set(id, false);
      for (const { id } of fresh) searched.set(id, true);
      if (trusted) checkOverlap();
      given += fresh.length;
      return fresh;
    },
    hasMet,
    isComplete: () => hasMet() && (total === null || given >= total - ARCHIVED_MEANWHILE),
  };
}

const isAbove = (floor: string | null, id: string): boolean => floor === null || isLowerId(floor, id);

const isHigherId = (a: string, b: string): boolean => isLowerId(b, a);

const isOrdered = (
  before: string | null,
  ids: readonly string[],
  goesBefore: (a: string, b: string) => boolean,
): boolean =>
  ids.every((id, index) => {
    const previous = index === 0 ? before : ids[index - 1];
    return previous === null || previous === undefined || goesBefore(previous, id);
  });
