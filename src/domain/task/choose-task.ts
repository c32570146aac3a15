// Decides which tasks an account asks for, by the rules in their order, each with the day of its cause. Owners, limits and keys
// already used are looked at elsewhere.
import { dayText, parseDay } from '#domain/tier/day.ts';
import type { Tier } from '#domain/tier/tier.ts';
import { holdsNow, type SeenCauses, type SeenSituation } from './remember-causes.ts';
import type { TaskPolicy } from './task-policy.ts';
import type { TaskRule } from './task-rule.ts';
import { addWorkingDays } from './working-days.ts';

/** Days are `YYYY-MM-DD`. */
export interface TaskSituation extends SeenSituation {
  readonly tier: Tier;
  /** Day since which the tier is shown. */
  readonly tierSince: string | null;
  /** Day of the newest act-now event; null when there is none. */
  readonly actNowOn: string | null;
  readonly causes: SeenCauses;
  /** Last day of an override in force; null when there is none, or when the account is excluded anyway. */
  readonly overrideUntil: string | null;
  /** The company got its first tier today. */
  readonly isFirstDay: boolean;
  readonly today: string;
}

export interface WantedTask {
  readonly rule: TaskRule;
  /** Day of its cause: part of the key, so that a new cause makes a new task. The same on every day the cause lasts. */
  readonly causeOn: string;
  readonly dueOn: string;
  readonly priority: 'high' | 'normal';
}

export interface TaskTimes {
  readonly tasks: Pick<TaskPolicy, 'dueInDays'>;
  readonly override: { readonly remindDaysBefore: number };
}

/** Every rule that holds, the first one first. An excluded account is asked for nothing but the end of its exclusion. */
export function wantedTasks(situation: TaskSituation, policy: TaskTimes): readonly WantedTask[] {
  const { tier, today } = situation;
  const { dueInDays } = policy.tasks;
  const wanted: WantedTask[] = [];
  const isWorked = tier !== 'Excluded';
  if (isWorked && situation.actNowOn !== null) {
    wanted.push({
      rule: 'act_now',
      causeOn: situation.actNowOn,
      dueOn: addWorkingDays(today, dueInDays.act_now),
      priority: 'high',
    });
  }
  if (tier === 'Tier 1' && situation.tierSince !== null) {
    wanted.push({
      rule: 'tier_1_new',
      causeOn: situation.tierSince,
      dueOn: addDays(today, dueInDays.tier_1_new),
      priority: 'normal',
    });
  }
  // On its first day hundreds of accounts are new at once: the two that cannot wait are enough.
  if (situation.isFirstDay) return wanted;
  for (const rule of ['intent_not_engaged', 'fast_lane'] as const) {
    const cause = situation.causes[rule];
    if (cause === undefined || !holdsNow(rule, situation)) continue;
    wanted.push({
      rule,
      causeOn: cause.since,
      dueOn: addDays(today, dueInDays[rule]),
      priority: rule === 'fast_lane' ? 'high' : 'normal',
    });
  }
  const until = situation.overrideUntil;
  if (until !== null && today >= addDays(until, -policy.override.remindDaysBefore) && today <= until) {
    wanted.push({ rule: 'override_expiring', causeOn: until, dueOn: until, priority: 'normal' });
  }
  return wanted;
}

function addDays(day: string, days: number): string {
  return dayText(parseDay(day) + days);
}
