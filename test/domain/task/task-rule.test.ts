import { describe, expect, it } from 'vitest';
import { ruleOfTaskKey, TASK_RULES, taskKey } from '#domain/task/task-rule.ts';

describe('the key of a task', () => {
  it('names connection, account, rule and day of the cause, in lower case', () => {
    const key = taskKey('sf', '001AB000001xYzQAAU', { rule: 'act_now', causeOn: '2026-11-19' });
    expect(key).toBe('sf:001ab000001xyzqaau:act_now:2026-11-19');
  });

  it('differs for a new cause, so that a new task can be made', () => {
    const [first, second] = ['2026-11-19', '2026-11-20'].map((causeOn) =>
      taskKey('sf', '001', { rule: 'act_now', causeOn }),
    );
    expect(first).not.toBe(second);
  });

  it.each(TASK_RULES)('tells that its rule was %s', (rule) => {
    expect(ruleOfTaskKey(taskKey('hs', '42', { rule, causeOn: '2026-11-19' }))).toBe(rule);
  });

  it.each(['', 'call them', 'a:b:c', 'sf:001:other_rule:2026-11-19'])('is not "%s"', (text) => {
    expect(ruleOfTaskKey(text)).toBeNull();
  });
});
