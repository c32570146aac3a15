// g2.jsonl: what companies looked at on a review site.
import { dayFrom } from '#sandbox/world/time.ts';
import { nameCompany } from './name-company.ts';
import type { Prospect } from './prospects.ts';
import { type RawLine, type Row, toDay } from './rows.ts';

export const writeIntentSignals = (
  prospects: readonly Prospect[],
  asOf: Date,
): readonly (Row | RawLine)[] => [
  ...prospects.flatMap((prospect) => signalsOf(prospect, asOf)),
  { domain: 'quinarigate-systems.com', signal: 'stalking', observed_on: toDay(dayFrom(asOf, -3)) },
  { domain: 'quinarigate-systems.com', signal: 'pricing', observed_on: 'last Tuesday' },
  { raw: '{"domain":"quinarigate-systems.com","signal":"compare"' },
];

const signalsOf = (prospect: Prospect, asOf: Date): readonly Row[] => {
  const random = prospect.randomFor('intent signals');
  const { isResearching } = prospect.behaviour;
  if (!random.chance(isResearching ? 0.25 : 0.05)) return [];
  const count = random.int(1, isResearching ? 4 : 1);
  return Array.from({ length: count }, () => ({
    ...nameCompany(random, prospect),
    signal: isResearching
      ? random.weighted([
          ['category', 3],
          ['compare', 3],
          ['profile', 2],
          ['pricing', 2],
        ])
      : 'category',
    observed_on: toDay(dayFrom(asOf, -random.int(1, isResearching ? 14 : 80))),
  }));
};
