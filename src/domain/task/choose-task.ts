// Decides which task an account should have: the first rule that holds, with the day of its cause. Pure; owners, limits and
// keys already used are looked at elsewhere.
import { addWorkingDays } from './working-days.ts';

export const TASK_RULES = ['act_now', 'tier_1_new'] as const;
export type TaskRule = (typeof TASK_RULES)[number];

export interface TaskSituation {
  readonly tier: string;
  /** Day since which the tier holds. */
  readonly tierSince: string | null;
  /** Day of the newest act-now event; null when there is none. */
  readonly actNowOn: string | null;
  /** What happened, as people say it: "Demo requested". */
  readonly actNowWhat: string | null;
  readonly today: string;
}

export interface WantedTask {
  readonly rule: TaskRule;
  /** Day of its cause: part of the key, so that a new cause makes a new task. */
  readonly causeOn: string;
  readonly subject: string;
  readonly body: string;
  readonly dueOn: string;
  readonly priority: 'high' | 'normal';
}

const MAP_GROUP_DAYS = 10;

/** Null when no rule holds. An excluded account gets none. */
export function chooseTask(situation: TaskSituation): WantedTask | null {
  const { tier, tierSince, actNowOn, today } = situation;
  if (tier === 'excluded') return null;
  if (actNowOn !== null) {
    const what = situation.actNowWhat ?? 'Act-now event';
    return {
      rule: 'act_now',
      causeOn: actNowOn,
      subject: `Answer now: ${what}`,
      body: `${what} on ${actNowOn}. Call or write today; the tier's reason on the account says what else is known.`,
      dueOn: addWorkingDays(today, 1),
      priority: 'high',
    };
  }
  if (tier === 'tier_1' && tierSince !== null) {
    return {
      rule: 'tier_1_new',
      causeOn: tierSince,
      subject: 'Map the buying group',
      body: `Tier 1 since ${tierSince}. Find who decides, who approves and who uses: economic buyer, decision maker, influencer, technical approver, user.`,
      dueOn: addDays(today, MAP_GROUP_DAYS),
      priority: 'normal',
    };
  }
  return null;
}

/** The key that stands in the CRM and is never used twice. */
export function taskKey(
  connection: string,
  accountId: string,
  task: Pick<WantedTask, 'rule' | 'causeOn'>,
): string {
  return `${connection}:${accountId}:${task.rule}:${task.causeOn}`.toLowerCase();
}

/** The rule of one of our keys; null for a text that is none. */
export function ruleOfTaskKey(key: string): TaskRule | null {
  const rule = key.split(':').at(-2);
  return TASK_RULES.find((known) => known === rule) ?? null;
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
