// When somebody should look at a company's tier again.
import type { DayNumber } from './day.ts';
import type { StayPolicy } from './policy.ts';
import { isRanked, type Tier } from './tier.ts';

export interface Reviewed {
  readonly tier: Tier;
  readonly since: DayNumber | null;
  /** The last day of an override that is in force; it is what will be reviewed. */
  readonly overrideUntil: DayNumber | null;
}

/** A whole number of steps after `since`, the first that is not past; null where nothing is to be reviewed. */
export function reviewDate(
  { tier, since, overrideUntil }: Reviewed,
  today: DayNumber,
  policy: StayPolicy,
): DayNumber | null {
  if (overrideUntil !== null) return overrideUntil;
  if (since === null || !isRanked(tier)) return null;
  const step = policy.reviewDays[tier];
  const steps = Math.max(1, Math.ceil((today - since) / step));
  return since + steps * step;
}
