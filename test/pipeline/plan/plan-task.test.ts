import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WantedTask } from '#domain/task/choose-task.ts';
import { TASK_RULES, type TaskRule, taskKey } from '#domain/task/task-rule.ts';
import type { LiveObject } from '#pipeline/connected-crm.ts';
import type { KeyState } from '#pipeline/plan/key-states.ts';
import { planTask, type TaskPlanSituation } from '#pipeline/plan/plan-task.ts';
import type { LedgeredRecord } from '#ports/store.ts';

const DAY = '2026-11-20';
const LIVE: LiveObject = {
  object: 'task',
  mapping: {
    file: 'task.yaml',
    crmObject: 'Task',
    optional: false,
    fields: new Map([
      [
        'status',
        {
          name: 'status',
          crm: 'Status',
          type: 'choice',
          write: 'overwrite',
          transform: null,
          values: null,
          clearsOnNull: false,
          optional: false,
        },
      ],
    ]),
  },
  schema: { crmObject: 'Task', fields: new Map() },
};

const record = (
  object: 'account' | 'task',
  id: string,
  fields: LedgeredRecord['fields'],
): LedgeredRecord => ({
  connection: 'sf',
  object,
  id,
  fields,
  modifiedAt: null,
  deleted: false,
  companyKey: 'c1',
  lastWritten: {},
});
const ACCOUNT = record('account', '001', { name: 'Abalone', ownerId: '005' });

interface Known {
  readonly rule: TaskRule;
  readonly isOpen: boolean;
  readonly isTouched: boolean;
}

const keyOf = (rule: TaskRule) => taskKey('sf', '001', { rule, causeOn: DAY });

function knownTask({ rule, isOpen, isTouched }: Known): LedgeredRecord {
  const fields = {
    taskKey: keyOf(rule),
    subject: isTouched ? 'Call on Thursday' : 'Ours',
    status: isOpen ? 'open' : 'done',
  };
  return {
    ...record('task', `00T${rule}`, fields),
    lastWritten: { ...fields, subject: 'Ours', status: 'open' },
  };
}

const want = (rule: TaskRule): WantedTask => ({ rule, causeOn: DAY, dueOn: DAY, priority: 'normal' });

function plan(known: readonly Known[], rules: readonly TaskRule[], inDoubt: readonly TaskRule[] = []) {
  const situation: TaskPlanSituation = {
    run: 'r1',
    companyKey: 'c1',
    account: ACCOUNT,
    priority: 1,
    wanted: rules.map(want),
    write: ({ rule }) => ({ subject: rule, body: '' }),
  };
  const states = new Map<string, KeyState>([
    ...inDoubt.map((rule) => [keyOf(rule), 'in_doubt'] as const),
    ...known.map(({ rule }) => [keyOf(rule), 'used'] as const),
  ]);
  return planTask(
    known.map(knownTask),
    situation,
    () => LIVE,
    (key) => states.get(key) ?? 'free',
  );
}

const done = (rule: TaskRule): Known => ({ rule, isOpen: false, isTouched: false });
const open = (rule: TaskRule): Known => ({ rule, isOpen: true, isTouched: false });

describe('the task of a company', () => {
  it('is that of the first rule that holds', () => {
    expect(plan([], ['act_now', 'tier_1_new']).create?.rule).toBe('act_now');
  });

  it('is that of the next rule when people finished the first one’s (invariant W25)', () => {
    expect(plan([done('act_now')], ['act_now', 'tier_1_new']).create?.rule).toBe('tier_1_new');
    expect(plan([done('act_now')], ['act_now']).create).toBeNull();
  });

  it('waits for the open one, and does not end it because another rule holds too', () => {
    const { create, close, staying } = plan([open('tier_1_new')], ['act_now', 'tier_1_new']);
    expect([create, close, staying]).toEqual([null, [], ['sf']]);
  });

  it('takes the place of one whose rule is over', () => {
    const { create, close } = plan([open('intent_not_engaged')], ['tier_1_new']);
    expect(close.map(({ recordId }) => recordId)).toEqual(['00Tintent_not_engaged']);
    expect(create?.rule).toBe('tier_1_new');
  });

  it('is looked for in the CRM before it is made when nobody knows whether it was', () => {
    expect(plan([], ['act_now'], ['act_now']).create?.change).toMatchObject({ inDoubt: true });
  });

  it('is one at most, has a key never used, and what a person touched is not closed (invariant W25)', () => {
    const anyKnown = fc.uniqueArray(
      fc.record({ rule: fc.constantFrom(...TASK_RULES), isOpen: fc.boolean(), isTouched: fc.boolean() }),
      { selector: ({ rule }) => rule },
    );
    fc.assert(
      fc.property(anyKnown, fc.subarray([...TASK_RULES]), (known, rules) => {
        const { create, close, staying } = plan(known, rules);
        expect(staying.length + close.length).toBe(known.filter(({ isOpen }) => isOpen).length);
        expect(create === null || staying.length === 0).toBe(true);
        expect(known.map(({ rule }) => rule)).not.toContain(create?.rule);
        const touched = known.filter(({ isTouched }) => isTouched).map(({ rule }) => `00T${rule}`);
        const closed = close.map(({ recordId }) => recordId ?? '');
        expect(closed.filter((id) => touched.includes(id))).toEqual([]);
        expect(closed.filter((id) => rules.some((rule) => id === `00T${rule}`))).toEqual([]);
      }),
    );
  });
});
