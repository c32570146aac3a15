import { describe, expect, it } from 'vitest';
import { cronProblem, isTimezone } from '#config/cron-expression.ts';

describe('cronProblem', () => {
  it.each(['0 2 * * *', '*/15 8-18 * * mon-fri', '0 3 1,15 * *', '5 4 * JAN,jul 7', '0 0-23/2 * * 0'])(
    'takes "%s"',
    (text) => {
      expect(cronProblem(text)).toBeNull();
    },
  );

  it.each([
    ['0 2 * *', 'five cron fields'],
    ['0 0 2 * * *', 'five cron fields'],
    ['60 2 * * *', '"60" is no cron minute (0 to 59'],
    ['0 24 * * *', '"24" is no cron hour'],
    ['0 2 0 * *', '"0" is no cron day'],
    ['0 2 * * fry', '"fry" is no cron weekday'],
    ['*/0 2 * * *', '"*/0" is no cron minute'],
    ['0 5-2 * * *', '"5-2" is no cron hour'],
    ['@daily', 'five cron fields'],
  ])('refuses "%s" and says why', (text, why) => {
    expect(cronProblem(text)).toContain(why);
  });
});

describe('isTimezone', () => {
  it('knows the names of the IANA list and no others', () => {
    expect(['UTC', 'Europe/Berlin', 'Asia/Tokyo'].every(isTimezone)).toBe(true);
    expect(['Berlin', 'Europe/Berlim', ''].some(isTimezone)).toBe(false);
  });
});
