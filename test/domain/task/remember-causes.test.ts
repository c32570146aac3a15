import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rememberCauses, type SeenCauses, type SeenSituation } from '#domain/task/remember-causes.ts';
import { dayText, parseDay } from '#domain/tier/day.ts';

const RESEARCHING: SeenSituation = { tier: 'Tier 2', intentOn: true, engagedOn: false, reasons: [] };
const IN_A_HURRY: SeenSituation = {
  tier: 'Tier 3',
  intentOn: true,
  engagedOn: true,
  reasons: ['SMALL_ACV_FAST_LANE'],
};
const QUIET: SeenSituation = { tier: 'Tier 2', intentOn: false, engagedOn: false, reasons: [] };
const PAUSE_DAYS = 28;

/** One run a day given, from 1 November on. */
function after(days: readonly (readonly [day: number, situation: SeenSituation])[]): SeenCauses {
  return days.reduce<SeenCauses>(
    (causes, [day, situation]) => rememberCauses(causes, situation, dayOf(day), PAUSE_DAYS),
    {},
  );
}

function dayOf(day: number): string {
  return dayText(parseDay('2026-11-01') + day);
}

const back = (day: number) =>
  after([
    [0, IN_A_HURRY],
    [1, QUIET],
    [2, QUIET],
    [day, IN_A_HURRY],
  ]).fast_lane?.since;
const paused = (day: number) =>
  after([
    [0, RESEARCHING],
    [1, QUIET],
    [day, QUIET],
  ]);

describe('the day of a cause', () => {
  it('is the day of the run that first saw it, and stays while it lasts, runs or none', () => {
    const causes = after([
      [0, QUIET],
      [3, RESEARCHING],
      [4, RESEARCHING],
      [60, RESEARCHING],
    ]);
    expect(causes).toEqual({ intent_not_engaged: { since: dayOf(3), pausedOn: null } });
  });

  it('stays through a pause of four weeks, and is a new one after a longer pause', () => {
    expect(back(1 + PAUSE_DAYS)).toBe(dayOf(0));
    expect(back(2 + PAUSE_DAYS)).toBe(dayOf(2 + PAUSE_DAYS));
  });

  it('is forgotten when the pause has been too long', () => {
    expect(paused(1 + PAUSE_DAYS)).toEqual({
      intent_not_engaged: { since: dayOf(0), pausedOn: dayOf(1) },
    });
    expect(paused(2 + PAUSE_DAYS)).toEqual({});
  });

  it('is kept for each situation by itself', () => {
    const causes = after([
      [0, RESEARCHING],
      [2, IN_A_HURRY],
    ]);
    expect(causes.intent_not_engaged?.since).toBe(dayOf(0));
    expect(causes.fast_lane?.since).toBe(dayOf(2));
  });

  it('never moves within the pause, however often a score flickers', () => {
    const anySituation = fc.constantFrom(RESEARCHING, IN_A_HURRY, QUIET);
    const anyRuns = fc.array(fc.tuple(fc.integer({ min: 0, max: PAUSE_DAYS }), anySituation));
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const ordered = runs.toSorted((a, b) => a[0] - b[0]);
        const firstOf = (situation: SeenSituation) => ordered.find(([, seen]) => seen === situation)?.[0];
        const first = { intent_not_engaged: firstOf(RESEARCHING), fast_lane: firstOf(IN_A_HURRY) };
        const causes = after(ordered);
        for (const rule of ['intent_not_engaged', 'fast_lane'] as const) {
          const began = first[rule];
          expect(causes[rule]?.since).toBe(began === undefined ? undefined : dayOf(began));
        }
      }),
    );
  });
});
