// Until when a tier is held, where a day can be named.
import type { Hold } from './advance-tier.ts';
import { type DayNumber, parseDay } from './day.ts';
import type { Policy } from './policy.ts';
import { isRanked } from './tier.ts';
import { stayBegan, type TierState } from './tier-state.ts';

/** null: an open deal, a confirmation or a frozen account end with an event, not with a day. */
export function holdEndsOn(
  hold: Hold,
  state: TierState,
  today: DayNumber,
  policy: Policy,
  programEndsOn: DayNumber | null = null,
): DayNumber | null {
  const { tier, failingSince } = state;
  const since = stayBegan(state);
  switch (hold) {
    case 'DWELL':
      if (tier === null || since === null || !isRanked(tier)) return null;
      return Math.max(since + policy.stay.dwellDays[tier], programEndsOn ?? 0);
    case 'GRACE':
      return (failingSince ?? today) + policy.stay.graceDays;
    case 'AWAITING_PUBLISH':
      return nextPublishDay(today, policy);
    case 'PIPELINE_LOCK':
    case 'CONFIRMING':
    case 'FROZEN':
      return null;
  }
}

/** After `today`: what a publish day decides is no longer waiting on it. */
function nextPublishDay(today: DayNumber, { change }: Policy): DayNumber {
  const from = parseDay(change.publishFrom);
  return from + (Math.floor((today - from) / change.publishEveryDays) + 1) * change.publishEveryDays;
}
