// Reads all records of a type from both ends of the ids at once, list from the low end and search from the high one, until
// they meet: three quarters of the calls and half the time of a list alone. Knows pages and their order, no HTTP.
//
// Records too new for the search index may be left out at the high end; they were changed within the lag that the next
// pull looks back over. When search fails or contradicts the list, the list walks on through to its end.
import type { RawRecord } from '#ports/crm.ts';
import { createBothEndsWalk } from './both-ends-walk.ts';

interface LowPage {
  /** Lowest ids first. */
  readonly records: readonly RawRecord[];
  /** Null on the last page. */
  readonly after: string | null;
}

interface HighPage {
  /** Highest ids first. */
  readonly records: readonly RawRecord[];
  readonly total: number;
  readonly more: boolean;
}

export interface BothEnds {
  readonly readLow: (after: string | null) => Promise<LowPage>;
  /** Records with ids below `below`, or the highest there are; null when the high end cannot be used at all. */
  readonly readHigh: ((below: string | null) => Promise<HighPage>) | null;
  /** A failure of the high end that the low end can make good; otherwise it ends the whole read. */
  readonly canDoWithoutHigh: (error: unknown) => boolean;
  /** The high end is no longer used, for this reason. */
  readonly onHighLost: (reason: string) => void;
}

export interface BothEndsPage {
  readonly records: readonly RawRecord[];
  /** How many there are in all; null while nobody knows. */
  readonly total: number | null;
}

type Arrival =
  | { readonly end: 'low'; readonly page: LowPage }
  | { readonly end: 'high'; readonly page: HighPage }
  | { readonly end: 'high'; readonly error: unknown };

/** Yields each record once; returns how many there are. One call when one page holds them all. */
export async function* readFromBothEnds(ends: BothEnds): AsyncGenerator<BothEndsPage, number> {
  const walk = createBothEndsWalk(ends.onHighLost);
  const askLow = (after: string | null): Promise<Arrival> =>
    unheard(ends.readLow(after).then((page): Arrival => ({ end: 'low', page })));
  const askHigh = (below: string | null): Promise<Arrival> | null =>
    ends.readHigh?.(below).then(
      (page): Arrival => ({ end: 'high', page }),
      (error: unknown): Arrival => ({ end: 'high', error }),
    ) ?? null;

  const first = await ends.readLow(null);
  const lowest = walk.takeLow(first.records);
  let low = first.after === null ? null : askLow(first.after);
  let high = low === null || !walk.highIsTrusted ? null : askHigh(null);
  yield { records: lowest, total: low === null ? walk.listed : null };

  while (low !== null) {
    const arrival = await Promise.race(high === null ? [low] : [low, high]);
    if (arrival.end === 'low') {
      const { page } = arrival;
      const records = walk.takeLow(page.records);
      low = page.after === null || walk.isComplete() ? null : askLow(page.after);
      yield { records, total: walk.total };
      if (page.after === null) return walk.listed;
    } else if ('page' in arrival) {
      const { page } = arrival;
      const records = walk.takeHigh(page.records, page.total);
      // Once they have met, the list page under way is the last one: it is compared with what search gave.
      high = page.more && walk.highIsTrusted && !walk.hasMet() ? askHigh(walk.lowestOfHigh) : null;
      yield { records, total: walk.total };
    } else {
      if (!ends.canDoWithoutHigh(arrival.error)) throw arrival.error;
      ends.onHighLost('search failed');
      high = null;
    }
  }
  return walk.total ?? walk.listed;
}

/** A page under way when the read ends has no reader left; its failure must not stop the process. */
const unheard = <T>(promise: Promise<T>): Promise<T> => {
  promise.catch(() => undefined);
  return promise;
};
