// Which of our own echoes a pull leaves out (invariant P12).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOwnWrites, type OwnWriteStretch, SETTLE_AFTER_MS } from '#domain/plan/choose-own-writes.ts';

const NOW = new Date('2026-11-22T12:00:00.000Z');
const ROWS_PER_READ = 200;

function stretch(id: number, minutesAgo: number, rows: number, skipped = false): OwnWriteStretch {
  const to = new Date(NOW.getTime() - minutesAgo * 60_000).toISOString();
  return { id, from: to, to, rows, skipped };
}

const ids = (stretches: readonly OwnWriteStretch[]) => stretches.map(({ id }) => id);

function choose(...pending: readonly OwnWriteStretch[]) {
  const { skip, reread, read } = chooseOwnWrites(pending, ROWS_PER_READ, NOW);
  return { skip: ids(skip), reread: ids(reread), read: ids(read) };
}

describe('echoes of our own writes', () => {
  it('are read as usual while they cost no call of their own', () => {
    expect(choose(stretch(1, 5, 150), stretch(2, 2, 50))).toEqual({ skip: [], reread: [], read: [1, 2] });
  });

  it('are left out when they would cost further calls', () => {
    expect(choose(stretch(1, 5, 150), stretch(2, 2, 51))).toEqual({ skip: [1, 2], reread: [], read: [] });
  });

  it('are read even when they are many, once they are an hour old', () => {
    expect(choose(stretch(1, 60, 10_000), stretch(2, 59, 10_000))).toEqual({
      skip: [2],
      reread: [],
      read: [1],
    });
  });

  it('are read once after an hour when they were left out', () => {
    expect(choose(stretch(1, 60, 10_000, true))).toEqual({ skip: [], reread: [1], read: [] });
  });

  it('stay owed for the hour after they were left out', () => {
    expect(choose(stretch(1, 59, 10_000, true))).toEqual({ skip: [], reread: [], read: [] });
  });

  it('count for nothing in the choice about fresh ones once they were left out', () => {
    expect(choose(stretch(1, 10, 10_000, true), stretch(2, 1, 3)).read).toEqual([2]);
  });
});

const pendingStretches = fc.array(
  fc.record({ minutesAgo: fc.integer({ min: 0, max: 180 }), rows: fc.nat(400), skipped: fc.boolean() }),
  { maxLength: 8 },
);

describe('a stretch', () => {
  it('gets at most one answer, and only one that was left out and is not due gets none', () => {
    fc.assert(
      fc.property(pendingStretches, (drawn) => {
        const pending = drawn.map(({ minutesAgo, rows, skipped }, id) =>
          stretch(id, minutesAgo, rows, skipped),
        );
        const { skip, reread, read } = choose(...pending);
        const answered = [...skip, ...reread, ...read];
        expect(new Set(answered).size).toBe(answered.length);
        const silent = pending.filter(({ id }) => !answered.includes(id));
        for (const { skipped, to } of silent) {
          expect(skipped).toBe(true);
          expect(NOW.getTime() - Date.parse(to)).toBeLessThan(SETTLE_AFTER_MS);
        }
      }),
    );
  });
});
