// Writes what a task says, in the workspace's language. Dates only, never ages: a task is read days after it was made.
import { parseDay } from '#domain/tier/day.ts';
import { fill, writeDate } from '#domain/tier/text/compose.ts';
import { phrasesOf } from '#domain/tier/text/phrases-of.ts';
import type { ActNowFact } from '#domain/tier/text/reason-facts.ts';
import type { WantedTask } from './choose-task.ts';

export interface TaskText {
  readonly subject: string;
  readonly body: string;
}

/** @param actNow the event behind an `act_now` task */
export function writeTask(
  { rule, causeOn }: Pick<WantedTask, 'rule' | 'causeOn'>,
  actNow: ActNowFact | null,
  locale: string,
): TaskText {
  const phrases = phrasesOf(locale);
  const date = writeDate(parseDay(causeOn), phrases);
  if (rule !== 'act_now') {
    const { subject, body } = phrases.tasks[rule];
    return { subject: fill(subject, { date }), body: fill(body, { date }) };
  }
  const { type, role } = actNow ?? { type: 'demo_request', role: 'unknown' };
  const happened = fill(phrases.reason.actNow[type], { date, role: phrases.roles[role] });
  return {
    subject: phrases.tasks.act_now.subject[type],
    body: fill(phrases.tasks.act_now.body, { happened }),
  };
}
