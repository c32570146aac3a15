// surge.csv: a consent-based co-op's weekly topic scores, 0-100, where 60 and more means a surge.
import type { Random } from '#sandbox/world/random.ts';
import { dayFrom } from '#sandbox/world/time.ts';
import { TOPICS } from './intent-topics.ts';
import { nameCompany } from './name-company.ts';
import type { Prospect } from './prospects.ts';
import { type RawLine, type Row, toDay } from './rows.ts';

export const INTENT_SCORES_COLUMNS = ['domain', 'name', 'country', 'topic', 'score', 'observed_on'] as const;

export const writeIntentScores = (prospects: readonly Prospect[], asOf: Date): readonly (Row | RawLine)[] => [
  ...prospects.flatMap((prospect) => scoresOf(prospect, asOf)),
  ...brokenRows(asOf),
];

const scoresOf = (prospect: Prospect, asOf: Date): readonly Row[] => {
  const random = prospect.randomFor('intent scores');
  const { isResearching } = prospect.behaviour;
  // Some researchers are seen by the other vendor only; much of the quiet market is seen and stays below 60.
  if (!random.chance(isResearching ? 0.85 : 0.45)) return [];
  const topics = TOPICS.filter(() => random.chance(0.6));
  return topics.flatMap((topic, at) => {
    const isHot = isResearching && at === 0;
    const latest: Row = {
      ...nameCompany(random, prospect),
      topic: spellTopic(random, topic),
      score: isHot ? random.int(74, 96) : random.int(22, 58),
      observed_on: toDay(dayFrom(asOf, -random.int(1, isHot ? 7 : 60))),
    };
    if (!random.chance(0.3)) return [latest];
    // An older row of the same topic: the newest must win.
    return [
      { ...latest, score: random.int(30, 90), observed_on: toDay(dayFrom(asOf, -random.int(61, 120))) },
      latest,
    ];
  });
};

const spellTopic = (random: Random, topic: string): string =>
  random.weighted([
    [topic, 12],
    [topic.toUpperCase(), 1],
    [topic.toLowerCase(), 1],
  ]);

const brokenRows = (asOf: Date): readonly (Row | RawLine)[] => {
  const observed_on = toDay(dayFrom(asOf, -5));
  return [
    { domain: 'torunlane-energy.com', topic: 'ERP migration', score: 130, observed_on },
    { domain: 'torunlane-energy.com', topic: 'ERP migration', score: 'n/a', observed_on },
    { domain: 'velorsen.fr', topic: 'ERP migration', score: 71, observed_on: '2026-13-45' },
    { topic: 'warehouse automation', score: 88, observed_on },
    { domain: 'jorivabury-labs.io', topic: '', score: 64, observed_on },
    // From next week: valid, and ignored until then.
    { domain: 'jorivabury-labs.io', topic: 'ERP migration', score: 64, observed_on: toDay(dayFrom(asOf, 7)) },
  ];
};
