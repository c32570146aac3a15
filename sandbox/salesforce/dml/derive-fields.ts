// Fields the platform computes when a row is saved: full names, stages, task states, event times.
import {
  CAMPAIGN_MEMBER_STATUSES,
  FORECAST_LABELS,
  OPPORTUNITY_STAGES,
  TASK_STATUSES,
} from '../objects/picklist-values.ts';
import type { Org } from '../org/org.ts';
import { type FieldValue, type Row, textOf } from '../org/row.ts';
import { keyPrefixOf } from '../org/salesforce-id.ts';
import { stampToDate, toStamp } from '../org/stamp.ts';

export type Derived = Readonly<Record<string, FieldValue>>;

const NOTHING: Derived = {};
const MINUTE_MS = 60_000;

const fullName = (row: Row): Derived => ({
  Name: [textOf(row, 'FirstName'), textOf(row, 'LastName')].filter((part) => part !== null).join(' '),
});

const opportunity = (row: Row, previous: Row | null): Derived => {
  const stage = OPPORTUNITY_STAGES.find((one) => one.value === row['StageName']);
  if (stage === undefined) return { IsClosed: false, IsWon: false };
  const stageMoved = previous === null || previous['StageName'] !== row['StageName'];
  // A probability the user set in the same write stands; otherwise the stage brings its own.
  const typed = row['Probability'] ?? null;
  const userSetIt = previous === null ? typed !== null : previous['Probability'] !== typed;
  const probability = stageMoved && !userSetIt ? stage.probability : typed;
  const forecast = FORECAST_LABELS[stage.forecast];
  const amount = row['Amount'];
  return {
    IsClosed: stage.closed,
    IsWon: stage.won,
    Probability: probability,
    ForecastCategory: stageMoved ? stage.forecast : (row['ForecastCategory'] ?? stage.forecast),
    ForecastCategoryName: stageMoved ? forecast : (row['ForecastCategoryName'] ?? forecast),
    ExpectedRevenue:
      typeof amount === 'number' && typeof probability === 'number' ? (amount * probability) / 100 : null,
  };
};

/** The account an activity rolls up to: what it is about first, then who. */
const activityAccount = (org: Org, row: Row): string | null => {
  const what = textOf(row, 'WhatId');
  if (what !== null && keyPrefixOf(what) === '001') return what;
  for (const [related, objectName] of [
    [what, 'Opportunity'],
    [textOf(row, 'WhoId'), 'Contact'],
  ] as const) {
    const record = related === null ? undefined : org.table(objectName).get(related);
    const accountId = record === undefined ? null : textOf(record, 'AccountId');
    if (accountId !== null) return accountId;
  }
  return null;
};

const task = (org: Org, row: Row, previous: Row | null, at: Date): Derived => {
  const closed = TASK_STATUSES.some((status) => status.closed && status.value === row['Status']);
  const wasClosed = previous?.['IsClosed'] === true;
  const completedAt = wasClosed ? (row['CompletedDateTime'] ?? null) : toStamp(at);
  return {
    IsClosed: closed,
    IsHighPriority: row['Priority'] === 'High',
    CompletedDateTime: closed ? completedAt : null,
    AccountId: activityAccount(org, row),
  };
};

const event = (org: Org, row: Row): Derived => {
  const start = textOf(row, 'StartDateTime') ?? textOf(row, 'ActivityDateTime');
  const typedEnd = textOf(row, 'EndDateTime');
  const typedMinutes = row['DurationInMinutes'];
  const accountId = activityAccount(org, row);
  if (start === null) return { AccountId: accountId };
  const startMs = stampToDate(start).getTime();
  const minutes =
    typedEnd === null
      ? typeof typedMinutes === 'number'
        ? typedMinutes
        : null
      : Math.round((stampToDate(typedEnd).getTime() - startMs) / MINUTE_MS);
  return {
    AccountId: accountId,
    StartDateTime: start,
    ActivityDateTime: start,
    ActivityDate: start.slice(0, 10),
    DurationInMinutes: minutes,
    EndDateTime: minutes === null ? null : toStamp(new Date(startMs + minutes * MINUTE_MS)),
  };
};

const campaignMember = (row: Row): Derived => ({
  HasResponded: CAMPAIGN_MEMBER_STATUSES.some((status) => status.responded && status.value === row['Status']),
});

/** `previous` is null for a new row. */
export const deriveFields = (
  org: Org,
  objectName: string,
  row: Row,
  previous: Row | null,
  at: Date,
): Derived => {
  switch (objectName) {
    case 'Contact':
    case 'Lead':
    case 'User':
      return fullName(row);
    case 'Opportunity':
      return opportunity(row, previous);
    case 'Task':
      return task(org, row, previous, at);
    case 'Event':
      return event(org, row);
    case 'CampaignMember':
      return campaignMember(row);
    default:
      return NOTHING;
  }
};
