// Plans the one task of a company: a new one on the account that is worked, by the first rule that holds and has not had its
// task yet, when none of ours is open on whichever of its records; the end of one whose rule is over and that nobody touched.
import { wasEdited } from '#domain/plan/diff-field.ts';
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import { textOf } from '#domain/record/text-of.ts';
import type { WantedTask } from '#domain/task/choose-task.ts';
import { ruleOfTaskKey, type TaskRule, taskKey } from '#domain/task/task-rule.ts';
import type { TaskText } from '#domain/task/write-task.ts';
import type { LedgeredRecord } from '#ports/store.ts';
import type { LiveObject } from '../connected-crm.ts';
import type { KeyState } from './key-states.ts';

export interface TaskPlanSituation {
  readonly run: string;
  readonly companyKey: string;
  readonly account: LedgeredRecord;
  readonly priority: number;
  /** Of every rule that holds, the first one first. */
  readonly wanted: readonly WantedTask[];
  readonly write: (task: WantedTask) => TaskText;
}

/** A new task before owners and limits are looked at. */
export interface NewTask {
  readonly change: PlannedChange;
  readonly connection: string;
  readonly ownerId: string | null;
  readonly rule: TaskRule;
  readonly priority: number;
}

export interface TaskPlan {
  readonly create: NewTask | null;
  readonly close: readonly PlannedChange[];
  /** Connections of open tasks of ours that stay as they are, one entry a task. */
  readonly staying: readonly string[];
}

/** @param liveOf the connections that take part in the run; tasks of others stay as they are */
export function planTask(
  tasks: readonly LedgeredRecord[],
  situation: TaskPlanSituation,
  liveOf: (connection: string) => LiveObject | null,
  keyState: (key: string) => KeyState,
): TaskPlan {
  const { account, wanted } = situation;
  const open = tasks.filter((task) => !task.deleted && isOpen(task));
  const close: PlannedChange[] = [];
  const staying: string[] = [];
  for (const task of open) {
    const live = liveOf(task.connection);
    const isOver = live !== null && ruleIsOver(task, wanted) && !wasTouched(task);
    const change = isOver ? closeTask(task, situation, live) : null;
    if (change === null) staying.push(task.connection);
    else close.push(change);
  }
  const mayCreate = staying.length === 0 && liveOf(account.connection) !== null;
  return { create: mayCreate ? firstUnused(situation, keyState) : null, close, staying };
}

/** A rule that had its task for this cause has had its say: the next one gets its turn. */
function firstUnused(situation: TaskPlanSituation, keyState: (key: string) => KeyState): NewTask | null {
  const { account, wanted } = situation;
  for (const task of wanted) {
    const key = taskKey(account.connection, account.id, task);
    const state = keyState(key);
    if (state !== 'used') return newTask(task, key, situation, state === 'in_doubt');
  }
  return null;
}

function isOpen(task: LedgeredRecord): boolean {
  const status = task.fields['status'];
  return status !== 'done' && status !== null && status !== undefined;
}

/** The rule that made it no longer holds; another rule that holds now does not end it. */
function ruleIsOver(task: LedgeredRecord, wanted: readonly WantedTask[]): boolean {
  const made = ruleOfTaskKey(textOf(task.fields, 'taskKey') ?? '');
  return made !== null && !wanted.some(({ rule }) => rule === made);
}

const OURS = ['subject', 'body', 'dueOn', 'status', 'ownerId', 'priority'] as const;

/** A person changed something, or it is not known that nobody did. */
function wasTouched(task: LedgeredRecord): boolean {
  if (Object.keys(task.lastWritten).length === 0) return true;
  return OURS.some((name) => wasEdited(task.fields[name] ?? null, task.lastWritten[name]));
}

function closeTask(
  task: LedgeredRecord,
  situation: TaskPlanSituation,
  live: LiveObject,
): PlannedChange | null {
  if (!live.mapping.fields.has('status')) return null;
  return {
    id: `${situation.run}:${task.connection}:task:${task.id}`,
    connection: task.connection,
    object: 'task',
    verb: 'close',
    recordId: task.id,
    accountId: textOf(task.fields, 'accountId') ?? situation.account.id,
    companyKey: situation.companyKey,
    name: textOf(task.fields, 'subject'),
    fields: [
      { field: 'status', now: task.fields['status'] ?? null, after: 'done', why: 'its cause is over' },
    ],
    idempotencyKey: null,
    inDoubt: false,
  };
}

function newTask(wanted: WantedTask, key: string, situation: TaskPlanSituation, inDoubt: boolean): NewTask {
  const { account } = situation;
  const ownerId = textOf(account.fields, 'ownerId');
  const { subject, body } = situation.write(wanted);
  const why = `rule ${wanted.rule}, cause of ${wanted.causeOn}`;
  const field = (name: string, after: CanonicalValue) => ({ field: name, now: null, after, why });
  return {
    connection: account.connection,
    ownerId,
    rule: wanted.rule,
    priority: situation.priority,
    change: {
      id: `${situation.run}:${account.connection}:task:${key}`,
      connection: account.connection,
      object: 'task',
      verb: 'create',
      recordId: null,
      accountId: account.id,
      companyKey: situation.companyKey,
      name: textOf(account.fields, 'name'),
      fields: [
        field('taskKey', key),
        field('accountId', account.id),
        field('ownerId', ownerId),
        field('subject', subject),
        field('body', body),
        field('dueOn', wanted.dueOn),
        field('status', 'open'),
        field('priority', wanted.priority),
        field('kind', 'to_do'),
      ],
      idempotencyKey: key,
      inDoubt,
    },
  };
}
