import { describe, expect, it } from 'vitest';
import { chooseTask, ruleOfTaskKey, type TaskSituation, taskKey } from '#domain/task/choose-task.ts';

const QUIET: TaskSituation = {
  tier: 'tier_2',
  tierSince: '2026-11-01',
  actNowOn: null,
  actNowWhat: null,
  today: '2026-11-20',
};
const choose = (changes: Partial<TaskSituation>) => chooseTask({ ...QUIET, ...changes });

describe('the task of an account', () => {
  it('is none where nothing asks for one', () => {
    expect(choose({})).toBeNull();
  });

  it('is an answer on the next working day when somebody wants to talk', () => {
    const task = choose({ actNowOn: '2026-11-19', actNowWhat: 'Demo requested' });
    expect(task).toMatchObject({
      rule: 'act_now',
      causeOn: '2026-11-19',
      subject: 'Answer now: Demo requested',
      dueOn: '2026-11-23',
      priority: 'high',
    });
  });

  it('is the buying group within ten days when the account is new in Tier 1', () => {
    expect(choose({ tier: 'tier_1', tierSince: '2026-11-18' })).toMatchObject({
      rule: 'tier_1_new',
      causeOn: '2026-11-18',
      subject: 'Map the buying group',
      dueOn: '2026-11-30',
      priority: 'normal',
    });
  });

  it('is the first rule that holds', () => {
    expect(choose({ tier: 'tier_1', actNowOn: '2026-11-19' })?.rule).toBe('act_now');
  });

  it('is none for an excluded account, whoever calls', () => {
    expect(choose({ tier: 'excluded', actNowOn: '2026-11-19' })).toBeNull();
  });

  it('says what it can when nobody knows what happened', () => {
    expect(choose({ actNowOn: '2026-11-19' })?.subject).toBe('Answer now: Act-now event');
  });
});

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

  it.each(['act_now', 'tier_1_new'] as const)('tells that its rule was %s', (rule) => {
    expect(ruleOfTaskKey(taskKey('hs', '42', { rule, causeOn: '2026-11-19' }))).toBe(rule);
  });

  it.each(['', 'call them', 'a:b:c', 'sf:001:other_rule:2026-11-19'])('is not "%s"', (text) => {
    expect(ruleOfTaskKey(text)).toBeNull();
  });
});
