// Says whether somebody asked for us so plainly that a rep should act today. Scores nothing.
import type { EngagementEvent } from './engagement-event.ts';
import type { EngagementPolicy } from './engagement-policy.ts';

export interface ActNow {
  /** By anybody who is not one of our own, a student or a competitor. */
  readonly isOn: boolean;
  /** By a person whose role is known: enough to call the account engaged. */
  readonly byKnownRole: boolean;
}

export function findActNow(events: readonly EngagementEvent[], policy: EngagementPolicy): ActNow {
  let isOn = false;
  let byKnownRole = false;
  for (const event of events) {
    if (!isActNow(event, policy)) continue;
    isOn = true;
    if (event.role !== 'unknown') byKnownRole = true;
  }
  return { isOn, byKnownRole };
}

/** Anonymous visitors and people without weight score points at most: nobody could be called back. */
export function isActNow(event: EngagementEvent, policy: EngagementPolicy): boolean {
  return (
    event.person !== null &&
    event.ageDays <= policy.actNow.withinDays &&
    policy.actNow.types.includes(event.type) &&
    policy.roleFactors[event.role] > 0
  );
}
