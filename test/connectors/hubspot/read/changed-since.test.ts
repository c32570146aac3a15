import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findChangedSince } from '#connectors/hubspot/read/changed-since.ts';
import type { SearchFilterGroups } from '#connectors/hubspot/read/search-page.ts';
import type { OwnWrites } from '#ports/crm.ts';

const BASE_MS = Date.parse('2026-11-22T00:00:00.000Z');
const at = (ms: number): string => new Date(BASE_MS + ms).toISOString();
const window = (fromMs: number, toMs: number, rows = 100): OwnWrites => ({
  from: at(fromMs),
  to: at(toMs),
  rows,
});

const find = (
  since: number,
  skip: readonly OwnWrites[] = [],
  reread: readonly OwnWrites[] = [],
  havingField = false,
): readonly SearchFilterGroups[] =>
  findChangedSince({
    since: at(since),
    skip,
    reread,
    modifiedProperty: 'hs_lastmodifieddate',
    alsoRequired: havingField ? [{ propertyName: 'tierline_task_key', operator: 'HAS_PROPERTY' }] : [],
  });

/** Whether a row stamped so would be found. */
const finds = (searches: readonly SearchFilterGroups[], stampMs: number): boolean =>
  searches.flat().some(({ filters }) =>
    filters.every(({ operator, value }) => {
      if (operator === 'GTE') return BASE_MS + stampMs >= Number(value);
      return operator === 'LTE' ? BASE_MS + stampMs <= Number(value) : true;
    }),
  );

const windows = fc.array(
  fc
    .tuple(
      fc.integer({ min: -50, max: 200 }),
      fc.integer({ min: 0, max: 30 }),
      fc.integer({ min: 1, max: 999 }),
    )
    .map(([from, length, rows]) => window(from, from + length, rows)),
  { maxLength: 12 },
);

describe('findChangedSince', () => {
  it('asks once for everything since the cursor', () => {
    expect(find(0)).toEqual([
      [{ filters: [{ propertyName: 'hs_lastmodifieddate', operator: 'GTE', value: String(BASE_MS) }] }],
    ]);
  });

  it('leaves out a stretch of our own writes, ends included, and nothing beside it', () => {
    const searches = find(0, [window(100, 200)]);
    expect(searches).toHaveLength(1);
    expect([99, 100, 150, 200, 201].map((ms) => finds(searches, ms))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is still one search with a dozen stretches to skip, of which it skips the largest', () => {
    const many = Array.from({ length: 12 }, (_, index) => window(index * 10, index * 10 + 1, index + 1));
    const searches = find(0, many);
    expect(searches).toHaveLength(1);
    expect(finds(searches, 110)).toBe(false);
    expect(finds(searches, 0)).toBe(true);
  });

  it('never leaves out a row outside every skipped stretch, and rereads what is owed', () => {
    fc.assert(
      fc.property(
        windows,
        windows,
        fc.boolean(),
        fc.integer({ min: 0, max: 260 }),
        (skip, reread, having, ms) => {
          const searches = find(0, skip, reread, having);
          const isOwn = skip.some(({ from, to }) => at(ms) >= from && at(ms) <= to);
          const isOwed = reread.some(({ from, to }) => at(ms) >= from && at(ms) <= to);
          expect(finds(searches, ms) || (isOwn && !isOwed)).toBe(true);
        },
      ),
    );
  });

  it('keeps within five groups, six filters a group and eighteen in all, the one for going on included', () => {
    fc.assert(
      fc.property(windows, windows, fc.boolean(), (skip, reread, having) => {
        for (const groups of find(0, skip, reread, having)) {
          expect(groups.length).toBeLessThanOrEqual(5);
          const counts = groups.map(({ filters }) => filters.length + 1);
          expect(Math.max(...counts)).toBeLessThanOrEqual(6);
          expect(counts.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(18);
        }
      }),
    );
  });

  it('asks in a second search only for what does not fit the first', () => {
    const owed = Array.from({ length: 6 }, (_, index) => window(-100 + index * 10, -98 + index * 10));
    const searches = find(0, [], owed);
    expect(searches).toHaveLength(2);
    for (const { from } of owed) expect(finds(searches, Date.parse(from) - BASE_MS)).toBe(true);
  });
});
