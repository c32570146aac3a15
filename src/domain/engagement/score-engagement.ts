// Engagement points of one account: what its people did, how many they are, how recently. Knows no act-now rule.
import { decayFactor } from '#domain/intent/decay.ts';
import { roundToTenth } from '#domain/value/round.ts';
import type { EngagementEvent } from './engagement-event.ts';
import type { EngagementPolicy } from './engagement-policy.ts';

export interface EngagementScore {
  /** Points, one decimal, not clamped: the CRM field shows 100 at most. */
  readonly engagement: number;
  /** What it takes to switch on, for a company of this size. */
  readonly threshold: number;
  /** How many persons count. */
  readonly people: number;
  /** The score rule alone, with its gap. */
  readonly isOn: boolean;
}

export function scoreEngagement(
  events: readonly EngagementEvent[],
  employees: number | null,
  wasOn: boolean,
  policy: EngagementPolicy,
): EngagementScore {
  const { people, points } = addUp(events, policy);
  const engagement = roundToTenth(points);
  const factor = sizeFactor(employees, policy);
  const threshold = roundToTenth(policy.threshold.enter * factor);
  const needed = wasOn ? roundToTenth(policy.threshold.stay * factor) : threshold;
  return {
    engagement,
    threshold,
    people,
    isOn: people >= policy.threshold.people && engagement >= needed,
  };
}

function sizeFactor(employees: number | null, policy: EngagementPolicy): number {
  if (employees === null) return policy.unknownSizeFactor;
  const size = policy.sizes.find(({ below }) => below === null || employees < below);
  return size?.factor ?? policy.unknownSizeFactor;
}

function addUp(
  events: readonly EngagementEvent[],
  policy: EngagementPolicy,
): { readonly people: number; readonly points: number } {
  if (events.length === 0) return { people: 0, points: 0 };
  let anonymous = 0;
  const byPerson = new Map<string, number>();
  for (const event of events) {
    if (event.ageDays > policy.lookBackDays) continue;
    const points = policy.points[event.type] * decayFactor(event.ageDays, policy.halfLifeDays);
    if (event.person === null) {
      anonymous += points;
    } else {
      const weighted = points * policy.roleFactors[event.role];
      byPerson.set(event.person, (byPerson.get(event.person) ?? 0) + weighted);
    }
  }
  let people = 0;
  let known = 0;
  for (const points of byPerson.values()) {
    if (roundToTenth(points) >= policy.personCountsFrom) people += 1;
    known += Math.min(points, policy.personCap);
  }
  // Strangers are never multiplied: thirty page views by nobody are not a buying group.
  const strangers = Math.min(anonymous * policy.anonymous.factor, policy.anonymous.cap);
  return { people, points: known * breadth(people, policy) + strangers };
}

/** Never below 1: a single person is not held against the account. */
function breadth(people: number, policy: EngagementPolicy): number {
  const { perPerson, maxPeople } = policy.breadth;
  return Math.max(1, 1 + perPerson * (Math.min(people, maxPeople) - 1));
}
