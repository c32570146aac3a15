import { describe, expect, it } from 'vitest';
import { readDateLiteral } from '#sandbox/salesforce/soql/date-literals.ts';

// A Sunday in the second quarter.
const NOW = new Date('2026-05-17T15:30:00Z');

describe('date literals', () => {
  it.each([
    ['TODAY', '2026-05-17', '2026-05-18'],
    ['yesterday', '2026-05-16', '2026-05-17'],
    ['TOMORROW', '2026-05-18', '2026-05-19'],
    ['THIS_WEEK', '2026-05-17', '2026-05-24'],
    ['LAST_WEEK', '2026-05-10', '2026-05-17'],
    ['THIS_MONTH', '2026-05-01', '2026-06-01'],
    ['NEXT_MONTH', '2026-06-01', '2026-07-01'],
    ['LAST_QUARTER', '2026-01-01', '2026-04-01'],
    ['THIS_YEAR', '2026-01-01', '2027-01-01'],
    ['LAST_N_DAYS:7', '2026-05-10', '2026-05-18'],
    ['NEXT_N_DAYS:2', '2026-05-18', '2026-05-20'],
    ['LAST_N_MONTHS:2', '2026-03-01', '2026-05-01'],
    ['N_DAYS_AGO:1', '2026-05-16', '2026-05-17'],
  ])('reads %s as %s until %s', (literal, from, until) => {
    expect(readDateLiteral(literal, NOW)).toEqual({ from, until });
  });

  it('knows nothing of other words', () => {
    expect(readDateLiteral('SOMEDAY', NOW)).toBeNull();
    expect(readDateLiteral('LAST_N_DAYS', NOW)).toBeNull();
  });
});
