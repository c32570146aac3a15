// weekly.csv: how often people of a company read about a topic, week by week; empty weeks have no row.
import type { Random } from '#sandbox/world/random.ts';
import { DAY_MS, dayFrom } from '#sandbox/world/time.ts';
import { TOPICS } from './intent-topics.ts';
import type { Prospect } from './prospects.ts';
import { type RawLine, type Row, toDay } from './rows.ts';

export const INTENT_COUNTS_COLUMNS = ['domain', 'topic', 'week', 'count'] as const;

/** 12 weeks of baseline, 3 recent ones, and two to spare for a run on a later day. */
const WEEKS = 17;
const RECENT_WEEKS = 3;

export const writeIntentCounts = (prospects: readonly Prospect[], asOf: Date): readonly (Row | RawLine)[] => {
  const mondays = lastMondays(asOf);
  return [...prospects.flatMap((prospect) => countsOf(prospect, mondays)), ...brokenRows(asOf, mondays)];
};

/** Mondays of the last complete ISO weeks before `asOf`, oldest first. */
const lastMondays = (asOf: Date): readonly Date[] => {
  // The Unix epoch was a Thursday: day 4 was the first Monday.
  const days = Math.floor(asOf.getTime() / DAY_MS);
  const thisMonday = days - ((days - 4) % 7);
  return Array.from({ length: WEEKS }, (_, week) => new Date((thisMonday - 7 * (WEEKS - week)) * DAY_MS));
};

const countsOf = (prospect: Prospect, mondays: readonly Date[]): readonly Row[] => {
  const random = prospect.randomFor('intent counts');
  const { domain, behaviour } = prospect;
  if (domain === null || !random.chance(behaviour.isResearching ? 0.45 : 0.15)) return [];
  const topic = random.pick(TOPICS);
  const usual = random.logNormal(3, 0.7);
  return mondays.flatMap((monday, week) => {
    const isSurging = behaviour.isResearching && week >= WEEKS - RECENT_WEEKS;
    const count = drawCount(random, isSurging ? usual * 3.5 + 4 : usual);
    return count === 0 ? [] : [{ domain, topic, week: toDay(monday), count }];
  });
};

/** Poisson, by counting exponential gaps; the means here are small. */
const drawCount = (random: Random, mean: number): number => {
  let count = 0;
  for (let gap = -Math.log(1 - random.next()); gap < mean; gap -= Math.log(1 - random.next())) count += 1;
  return count;
};

const brokenRows = (asOf: Date, mondays: readonly Date[]): readonly Row[] => {
  const week = toDay(mondays.at(-1) ?? asOf);
  return [
    { domain: 'celurimont.com', topic: 'ERP migration', week, count: -3 },
    { domain: 'celurimont.com', topic: 'ERP migration', week: 'W47', count: 4 },
    { domain: 'celurimont.com', topic: 'ERP migration', week: toDay(dayFrom(new Date(week), 2)), count: 4 },
  ];
};
