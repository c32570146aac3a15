import { describe, expect, it } from 'vitest';
import { changedSince } from '#connectors/salesforce/read/conditions.ts';

const SINCE = '2026-11-02T08:00:00.000Z';
const window = (from: string, to: string, rows = 1) => ({
  from: `2026-11-02T${from}.000Z`,
  to: `2026-11-02T${to}.000Z`,
  rows,
});

const conditionOf = (parts: Partial<Parameters<typeof changedSince>[0]> = {}): string =>
  changedSince({
    stamp: 'SystemModstamp',
    since: SINCE,
    actor: '005000000000001AAA',
    skip: [],
    reread: [],
    ...parts,
  });

describe('changedSince', () => {
  it('includes the instant of the cursor itself', () => {
    expect(conditionOf()).toBe(`SystemModstamp >= ${SINCE}`);
  });

  it('leaves out only our own stamps within a window', () => {
    expect(conditionOf({ skip: [window('09:00:00', '09:00:05')] })).toBe(
      `(SystemModstamp >= ${SINCE} AND (NOT (LastModifiedById = '005000000000001AAA' AND SystemModstamp >= 2026-11-02T09:00:00.000Z AND SystemModstamp <= 2026-11-02T09:00:05.000Z)))`,
    );
  });

  it('leaves out nothing when the actor is unknown', () => {
    expect(conditionOf({ actor: null, skip: [window('09:00:00', '09:00:05')] })).toBe(
      `SystemModstamp >= ${SINCE}`,
    );
  });

  it('forgets windows that ended before the cursor', () => {
    expect(conditionOf({ skip: [window('07:00:00', '07:59:59')] })).toBe(`SystemModstamp >= ${SINCE}`);
  });

  it('reads a stretch again although it lies before the cursor or within a skipped window', () => {
    expect(conditionOf({ reread: [window('07:00:00', '07:00:05')] })).toBe(
      `((SystemModstamp >= ${SINCE}) OR (SystemModstamp >= 2026-11-02T07:00:00.000Z AND SystemModstamp <= 2026-11-02T07:00:05.000Z))`,
    );
  });

  it('keeps the largest of too many windows', () => {
    const skip = Array.from({ length: 150 }, (_value, index) =>
      window('09:00:00', '09:00:05', index === 149 ? 5000 : 1),
    );
    expect(conditionOf({ skip }).split('NOT').length - 1).toBe(100);
  });
});
