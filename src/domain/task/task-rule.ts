// The rules that make tasks, and the keys that tell a task's rule and cause. A key stands in the CRM and is never used twice.

/** In the order in which they are asked. */
export const TASK_RULES = [
  'act_now',
  'tier_1_new',
  'intent_not_engaged',
  'fast_lane',
  'override_expiring',
] as const;
export type TaskRule = (typeof TASK_RULES)[number];

/** @param causeOn day of the cause, `YYYY-MM-DD` */
export function taskKey(
  connection: string,
  accountId: string,
  { rule, causeOn }: { readonly rule: TaskRule; readonly causeOn: string },
): string {
  return `${connection}:${accountId}:${rule}:${causeOn}`.toLowerCase();
}

/** The rule of one of our keys; null for a text that is none. */
export function ruleOfTaskKey(key: string): TaskRule | null {
  const rule = key.split(':').at(-2);
  return TASK_RULES.find((known) => known === rule) ?? null;
}
