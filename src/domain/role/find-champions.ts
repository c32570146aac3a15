// Finds the people who act like champions: they answer and meet, and they do it enough. No title makes one, and what is found
// here changes no score: the role that a person plays stays what people, the CRM or the title say.
import type { EngagementEvent } from '#domain/engagement/engagement-event.ts';
import type { EngagementPolicy } from '#domain/engagement/engagement-policy.ts';
import { decayFactor } from '#domain/intent/decay.ts';
import { roundToTenth } from '#domain/value/round.ts';
import type { BuyingGroupPolicy } from './buying-group-policy.ts';

export interface ChampionByConduct {
  readonly person: string;
  /** After role and decay, as engagement counts them. */
  readonly points: number;
  /** Replies and meetings. */
  readonly times: number;
}

/** Most points first. People whom a rep calls a blocker, and those who do not count, are none. */
export function findChampions(
  events: readonly EngagementEvent[],
  engagement: EngagementPolicy,
  { champion }: Pick<BuyingGroupPolicy, 'champion'>,
): readonly ChampionByConduct[] {
  const people = new Map<string, { points: number; times: number }>();
  for (const { person, role, type, ageDays } of events) {
    if (person === null || ageDays > engagement.lookBackDays) continue;
    if (role === 'blocker' || engagement.roleFactors[role] === 0) continue;
    const known = people.get(person) ?? { points: 0, times: 0 };
    const points =
      engagement.points[type] * decayFactor(ageDays, engagement.halfLifeDays) * engagement.roleFactors[role];
    people.set(person, {
      points: known.points + points,
      times: known.times + Number(champion.types.includes(type)),
    });
  }
  return [...people]
    .map(([person, { points, times }]) => ({ person, points: roundToTenth(points), times }))
    .filter(({ points, times }) => times >= champion.times && points >= champion.points)
    .toSorted((a, b) => b.points - a.points || (a.person < b.person ? -1 : 1));
}
