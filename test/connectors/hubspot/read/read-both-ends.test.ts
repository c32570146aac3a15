import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BothEnds, readFromBothEnds } from '#connectors/hubspot/read/read-both-ends.ts';
import { compareIds, isLowerId } from '#connectors/hubspot/record-ids.ts';
import type { RawRecord } from '#ports/crm.ts';

const record = (id: string): RawRecord => ({
  id,
  fields: {},
  modifiedAt: null,
  deleted: false,
  mergedInto: null,
  mergedIds: [],
});

interface Portal {
  /** In the order in which the list gives them. */
  readonly ids: readonly string[];
  /** Ids that search does not see. */
  readonly hidden?: ReadonlySet<string>;
  readonly lowRows?: number;
  readonly highRows?: number;
  /** Turns of the event loop that a page of each end takes. */
  readonly lowTurns?: () => number;
  readonly highTurns?: () => number;
  readonly failHighAt?: number;
  readonly total?: number;
}

interface Reading {
  readonly ids: readonly string[];
  readonly count: number;
  readonly lowCalls: number;
  readonly highCalls: number;
  readonly lost: readonly string[];
}

const takeTurns = async (turns: number): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

async function read(portal: Portal): Promise<Reading> {
  const { ids, hidden = new Set(), lowRows = 100, highRows = 200 } = portal;
  const lost: string[] = [];
  let lowCalls = 0;
  let highCalls = 0;
  const ends: BothEnds = {
    async readLow(after) {
      lowCalls += 1;
      await takeTurns(portal.lowTurns?.() ?? 1);
      const start = after === null ? 0 : Number(after);
      const end = start + lowRows;
      return {
        records: ids.slice(start, end).map(record),
        after: end < ids.length ? String(end) : null,
      };
    },
    async readHigh(below) {
      highCalls += 1;
      await takeTurns(portal.highTurns?.() ?? 1);
      if (highCalls === portal.failHighAt) throw new Error('search is down');
      const matching = ids
        .filter((id) => !hidden.has(id) && (below === null || isLowerId(id, below)))
        .toSorted((a, b) => compareIds(b, a));
      return {
        records: matching.slice(0, highRows).map(record),
        total: portal.total ?? matching.length,
        more: matching.length > highRows,
      };
    },
    canDoWithoutHigh: () => true,
    onHighLost: (reason) => lost.push(reason),
  };
  const given: string[] = [];
  const pages = readFromBothEnds(ends);
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return { ids: given, count: next.value, lowCalls, highCalls, lost };
    given.push(...next.value.records.map(({ id }) => id));
  }
}

/** Ids as HubSpot's: increasing, unevenly, through a change of length. */
const manyIds = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(9_999_990_000 + index * 7));

const sorted = (ids: readonly string[]): readonly string[] => ids.toSorted(compareIds);

describe('readFromBothEnds', () => {
  it('asks the list once and search never when one page holds everything', async () => {
    const reading = await read({ ids: manyIds(100) });
    expect(reading).toMatchObject({ count: 100, lowCalls: 1, highCalls: 0 });
  });

  it('reads nothing of nothing', async () => {
    expect(await read({ ids: [] })).toMatchObject({ ids: [], count: 0, lowCalls: 1, highCalls: 0 });
  });

  it('gives each record once, whoever is faster and wherever they meet', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.bigInt({ min: 1n, max: 10n ** 12n }).map(String), { maxLength: 300 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 10 }),
        async (unsorted, lowRows, highRows, turns) => {
          const ids = sorted(unsorted);
          let turn = 0;
          const next = (): number => turns[turn++ % turns.length] ?? 0;
          const reading = await read({ ids, lowRows, highRows, lowTurns: next, highTurns: next });
          expect(sorted(reading.ids)).toEqual(ids);
          expect(reading.count).toBe(ids.length);
          expect(reading.lost).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('needs no more calls than the list alone would, and far fewer than that as a rule', async () => {
    const { lowCalls, highCalls } = await read({ ids: manyIds(10_000) });
    expect(lowCalls + highCalls).toBeLessThanOrEqual(75);
  });

  it('leaves out at most the newest records when search does not see them yet', async () => {
    const ids = manyIds(1_000);
    const newest = new Set(ids.slice(-3));
    const reading = await read({ ids, hidden: newest });
    const missing = ids.filter((id) => !reading.ids.includes(id));
    expect(missing.every((id) => newest.has(id))).toBe(true);
  });

  it('reads the list to its end when search fails in the middle', async () => {
    const ids = manyIds(2_000);
    const reading = await read({ ids, failHighAt: 3 });
    expect(sorted(reading.ids)).toEqual(ids);
    expect(reading.lost).toEqual(['search failed']);
    expect(reading.highCalls).toBe(3);
  });

  it('ends with a failure of the high end that cannot be made good', async () => {
    const pages = readFromBothEnds({
      readLow: (after) =>
        after === null
          ? Promise.resolve({ records: [record('1')], after: 'x' })
          : new Promise(() => undefined),
      readHigh: async () => {
        throw new Error('the credentials are dead');
      },
      canDoWithoutHigh: () => false,
      onHighLost: () => undefined,
    });
    await pages.next();
    await expect(pages.next()).rejects.toThrow('the credentials are dead');
  });

  it('ends with a failure of the low end', async () => {
    const pages = readFromBothEnds({
      readLow: async (after) => {
        if (after !== null) throw new Error('the list is down');
        return { records: [record('1')], after: 'x' };
      },
      readHigh: () => new Promise(() => undefined),
      canDoWithoutHigh: () => true,
      onHighLost: () => undefined,
    });
    await pages.next();
    await expect(pages.next()).rejects.toThrow('the list is down');
  });

  it('stops believing search where it left out a record that the list has', async () => {
    const ids = manyIds(1_000);
    // A hole wide enough to reach whatever place they meet at.
    const hidden = new Set(ids.filter((_, index) => index > 250 && index < 900 && index % 2 === 0));
    const reading = await read({ ids, hidden });
    expect(sorted(reading.ids)).toEqual(ids);
    expect(reading.lost).toEqual(['search left out a record that the list has']);
    expect(reading.count).toBe(1_000);
  });

  it('reads on through the list when the portal counts more than both ends gave', async () => {
    const ids = manyIds(1_000);
    const reading = await read({ ids, total: 1_500 });
    expect(reading.lowCalls).toBe(10);
    expect(sorted(reading.ids)).toEqual(ids);
  });

  it('reads the list alone when that is not in the order of its ids', async () => {
    const ids = manyIds(1_000).toReversed();
    const reading = await read({ ids });
    expect(sorted(reading.ids)).toEqual(sorted(ids));
    expect(reading.lost).toEqual(['the list is not in the order of its ids']);
  });

  it('asks no further page while nobody takes the last one', async () => {
    let lowCalls = 0;
    const pages = readFromBothEnds({
      async readLow() {
        lowCalls += 1;
        return { records: [record(String(lowCalls))], after: 'x' };
      },
      readHigh: () => new Promise(() => undefined),
      canDoWithoutHigh: () => true,
      onHighLost: () => undefined,
    });
    await pages.next();
    await takeTurns(20);
    expect(lowCalls).toBe(2);
  });
});
