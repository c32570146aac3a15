// What TODAY, LAST_N_DAYS:30 and their kind mean: a span of days, from its first day to the day after its last.
// Weeks begin on Sunday and days at midnight UTC: the sandbox's users live in GMT.
import { toDay } from '../org/stamp.ts';

export interface DaySpan {
  readonly from: string;
  /** The first day no longer inside. */
  readonly until: string;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const SINGLE = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/;
const COUNTED = /^(LAST|NEXT)_N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS):(\d+)$/;
const AGO = /^N_(DAYS|WEEKS|MONTHS|QUARTERS|YEARS)_AGO:(\d+)$/;
const RELATIVE_DAYS: Readonly<Record<string, number>> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };

const startOf = (unit: Unit, at: Date): Date => {
  const year = at.getUTCFullYear();
  const month = at.getUTCMonth();
  const date = at.getUTCDate();
  switch (unit) {
    case 'DAY':
      return new Date(Date.UTC(year, month, date));
    case 'WEEK':
      return new Date(Date.UTC(year, month, date - at.getUTCDay()));
    case 'MONTH':
      return new Date(Date.UTC(year, month, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, month - (month % 3), 1));
    case 'YEAR':
      return new Date(Date.UTC(year, 0, 1));
  }
};

const shift = (unit: Unit, start: Date, count: number): Date => {
  const year = start.getUTCFullYear();
  const month = start.getUTCMonth();
  const date = start.getUTCDate();
  switch (unit) {
    case 'DAY':
      return new Date(Date.UTC(year, month, date + count));
    case 'WEEK':
      return new Date(Date.UTC(year, month, date + count * 7));
    case 'MONTH':
      return new Date(Date.UTC(year, month + count, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, month + count * 3, 1));
    case 'YEAR':
      return new Date(Date.UTC(year + count, 0, 1));
  }
};

const span = (from: Date, until: Date): DaySpan => ({ from: toDay(from), until: toDay(until) });

const toUnit = (text: string | undefined): Unit => {
  const singular = (text ?? '').replace(/S$/, '');
  return singular === 'WEEK' || singular === 'MONTH' || singular === 'QUARTER' || singular === 'YEAR'
    ? singular
    : 'DAY';
};

/** Null when the word is no date literal. */
export const readDateLiteral = (word: string, now: Date): DaySpan | null => {
  const literal = word.toUpperCase();
  const days = RELATIVE_DAYS[literal];
  const today = startOf('DAY', now);
  if (days !== undefined) return span(shift('DAY', today, days), shift('DAY', today, days + 1));

  const single = SINGLE.exec(literal);
  if (single !== null) {
    const unit = toUnit(single[2]);
    const offset = single[1] === 'LAST' ? -1 : single[1] === 'NEXT' ? 1 : 0;
    const start = startOf(unit, now);
    return span(shift(unit, start, offset), shift(unit, start, offset + 1));
  }
  const counted = COUNTED.exec(literal);
  if (counted !== null) {
    const unit = toUnit(counted[2]);
    const count = Number(counted[3]);
    const start = startOf(unit, now);
    // LAST_N_DAYS counts today in; the longer units leave the running one out.
    if (counted[1] === 'LAST') {
      return span(shift(unit, start, -count), unit === 'DAY' ? shift('DAY', start, 1) : start);
    }
    return span(shift(unit, start, 1), shift(unit, start, count + 1));
  }
  const ago = AGO.exec(literal);
  if (ago !== null) {
    const unit = toUnit(ago[1]);
    const start = shift(unit, startOf(unit, now), -Number(ago[2]));
    return span(start, shift(unit, start, 1));
  }
  return null;
};
