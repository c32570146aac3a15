import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateStamps, joinWindows } from '#connectors/salesforce/write/written-at.ts';

const WINDOW = { from: '2026-11-02T08:00:00.000Z', to: '2026-11-02T08:00:09.999Z' };

describe('estimateStamps', () => {
  it('encloses the window of the request, whatever the number of rows', () => {
    assert(
      property(integer({ min: 2, max: 500 }), (rows) => {
        const stamps = estimateStamps(WINDOW, rows);
        expect(stamps).toHaveLength(rows);
        expect(stamps[0]).toBe(WINDOW.from);
        expect(stamps.at(-1)).toBe(WINDOW.to);
        const instants = stamps.map((stamp) => Date.parse(stamp ?? ''));
        expect(instants.toSorted((left, right) => left - right)).toEqual(instants);
      }),
    );
  });

  it('gives a single row the earliest stamp it can have', () => {
    expect(estimateStamps(WINDOW, 1)).toEqual([WINDOW.from]);
  });

  it('says nothing without a clock', () => {
    expect(estimateStamps(null, 2)).toEqual([null, null]);
  });
});

it('joins the windows of the first and the last call of a job', () => {
  const last = { from: '2026-11-02T08:01:00.000Z', to: '2026-11-02T08:01:00.999Z' };
  expect(joinWindows(WINDOW, last)).toEqual({ from: WINDOW.from, to: last.to });
  expect(joinWindows(null, last)).toBeNull();
});
