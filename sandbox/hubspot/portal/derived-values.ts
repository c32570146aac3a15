// Values HubSpot works out from other values of the same record.
import { DEAL_STAGES } from '#sandbox/hubspot/properties/catalogue/deals.ts';
import type { ObjectTypeName } from './object-types.ts';
import type { RecordValues } from './record.ts';

type Changes = ReadonlyMap<string, string | null>;
const NOTHING: Changes = new Map();

/** What follows from `values`; `before` is null for a new record. */
export const deriveValues = (
  type: ObjectTypeName,
  values: RecordValues,
  before: RecordValues | null,
  nowMs: number,
): Changes => {
  switch (type) {
    case 'deals':
      return deriveDeal(values);
    case 'contacts':
      return new Map([['hs_email_domain', values.get('email')?.split('@')[1] ?? null]]);
    case 'tasks':
      return deriveTask(values, before, nowMs);
    case 'companies':
    case 'notes':
      return NOTHING;
  }
};

const deriveDeal = (values: RecordValues): Changes => {
  const stage = DEAL_STAGES.find(({ id }) => id === values.get('dealstage'));
  if (stage === undefined) return NOTHING;
  return new Map([
    ['hs_is_closed', String(stage.isClosed)],
    ['hs_is_closed_won', String(stage.isClosed && stage.probability === 1)],
    ['hs_deal_stage_probability', String(stage.probability)],
  ]);
};

const deriveTask = (values: RecordValues, before: RecordValues | null, nowMs: number): Changes => {
  const completed = values.get('hs_task_status') === 'COMPLETED';
  const wasCompleted = before?.get('hs_task_status') === 'COMPLETED';
  const completedAt = completed
    ? wasCompleted
      ? before.get('hs_task_completion_date')
      : String(nowMs)
    : null;
  return new Map([
    ['hs_task_is_completed', String(completed)],
    ['hs_task_completion_date', completedAt ?? null],
  ]);
};
