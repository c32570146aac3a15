import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '#domain/task/working-days.ts';

describe('working days', () => {
  it.each([
    { from: '2026-11-18', days: 1, to: '2026-11-19', what: 'Wednesday to Thursday' },
    { from: '2026-11-20', days: 1, to: '2026-11-23', what: 'Friday to Monday' },
    { from: '2026-11-21', days: 1, to: '2026-11-23', what: 'Saturday to Monday' },
    { from: '2026-11-22', days: 1, to: '2026-11-23', what: 'Sunday to Monday' },
    { from: '2026-11-18', days: 5, to: '2026-11-25', what: 'a week on' },
    { from: '2026-12-31', days: 1, to: '2027-01-01', what: 'over the year, whatever the holiday' },
    { from: '2026-11-21', days: 0, to: '2026-11-21', what: 'no step at all' },
  ])('lead $what', ({ from, days, to }) => {
    expect(addWorkingDays(from, days)).toBe(to);
  });
});
