// The fewest replies, then by the fewest further people, with which an account counts as engaged by the score rule.
import { EVENT_TYPES, type EventType, type PersonRole } from '#domain/engagement/engagement-policy.ts';
import { scoreEngagement } from '#domain/engagement/score-engagement.ts';
import { decayFactor } from '#domain/intent/decay.ts';
import { roundToTenth } from '#domain/value/round.ts';
import type { AccountFacts } from '../evaluation.ts';
import type { Policy } from '../policy.ts';
import { applyChange } from './apply-change.ts';
import type { Change, WhatIfRules } from './change.ts';

type EngagementChange = Extract<Change, { kind: 'engagement' }>;

/** More at once is no small change. */
const EVENTS_AT_MOST = 24;
/** What is said of a stranger holds for whoever turns out to be more than that. */
const NEW_ROLE: PersonRole = 'unknown';

export function raiseEngagement(facts: AccountFacts, rules: WhatIfRules): EngagementChange | null {
  const type = unitOf(rules.policy);
  if (type === null || isEngaged(facts, rules)) return null;
  const people = activePeople(facts, rules.policy);
  for (let events = 1; events <= EVENTS_AT_MOST; events += 1) {
    for (let further = 0; further <= events; further += 1) {
      const replies = share(people, events, further, type, rules.policy);
      if (replies === null) continue;
      const change: EngagementChange = { kind: 'engagement', type, replies };
      if (isEngaged(applyChange({ facts, override: null }, change, rules).facts, rules)) return change;
    }
  }
  return null;
}

/** A reply; where the policy gives it nothing, whatever brings most without asking a rep to act at once. */
function unitOf({ engagement }: Policy): EventType | null {
  const { points, actNow } = engagement;
  const usual = EVENT_TYPES.filter((type) => points[type] > 0 && !actNow.types.includes(type));
  if (usual.includes('reply')) return 'reply';
  return usual.toSorted((a, b) => points[b] - points[a])[0] ?? null;
}

function isEngaged({ events, employees }: AccountFacts, { remembered, policy }: WhatIfRules): boolean {
  return scoreEngagement(events, employees, remembered.on.engaged, policy.engagement).isOn;
}

interface Active {
  readonly person: string | null;
  readonly role: PersonRole;
  /** Points after role and decay, before the cap. */
  points: number;
  times: number;
}

function activePeople({ events }: AccountFacts, { engagement }: Policy): readonly Readonly<Active>[] {
  const people = new Map<string, Active>();
  for (const { type, ageDays, person, role } of events) {
    if (person === null || ageDays > engagement.lookBackDays) continue;
    const active = people.get(person) ?? { person, role, points: 0, times: 0 };
    active.points +=
      engagement.points[type] * engagement.roleFactors[role] * decayFactor(ageDays, engagement.halfLifeDays);
    people.set(person, active);
  }
  return [...people.values()].filter(({ role }) => engagement.roleFactors[role] > 0);
}

/**
 * Shares the events out for the most points: one each to `further` people who do not count yet, the rest to whoever gains most.
 * Null when there is nobody to give the rest to.
 */
function share(
  people: readonly Readonly<Active>[],
  events: number,
  further: number,
  type: EventType,
  { engagement }: Policy,
): EngagementChange['replies'] | null {
  const each = (role: PersonRole) => engagement.points[type] * engagement.roleFactors[role];
  const all = people.map((one) => ({ ...one }));
  const counts = ({ points }: Active) => roundToTenth(points) >= engagement.personCountsFrom;
  const counting = all.filter(counts);
  const silent = all.filter((one) => !counts(one)).toSorted((a, b) => each(b.role) - each(a.role));
  const give = (one: Active) => {
    one.points += each(one.role);
    one.times += 1;
  };
  for (let number = 0; number < further; number += 1) {
    const next = silent[0];
    const stranger: Active = { person: null, role: NEW_ROLE, points: 0, times: 0 };
    const one = next !== undefined && each(next.role) >= each(NEW_ROLE) ? (silent.shift() ?? next) : stranger;
    give(one);
    counting.push(one);
  }
  for (let left = events - further; left > 0; left -= 1) {
    const gain = ({ role, points }: Active) =>
      Math.min(points + each(role), engagement.personCap) - Math.min(points, engagement.personCap);
    const [best] = counting.toSorted((a, b) => gain(b) - gain(a));
    if (best === undefined || gain(best) <= 0) return null;
    give(best);
  }
  return counting
    .filter(({ times }) => times > 0)
    .map(({ person, role, times }) => ({ person, role, times }));
}
