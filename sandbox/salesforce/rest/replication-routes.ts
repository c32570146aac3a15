// getUpdated and getDeleted: the ids that changed in a stretch of time, to the minute.
import type { Org } from '../org/org.ts';
import { idOf, isDeleted, textOf } from '../org/row.ts';
import { parseStamp, stampToDate, toStamp } from '../org/stamp.ts';
import { apiError } from './api-error.ts';
import { type ApiHandler, type ApiRequest, jsonAnswer } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import { findObject } from './dml-call.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const UPDATED_DAYS = 30;
const DELETED_DAYS = 15;

export const createReplicationRoutes = (org: Org): Route[] => {
  const updated: ApiHandler = (request, params) => {
    const object = findReplicated(org, request, params['object'] ?? '');
    const { start, end } = readSpan(org, request, UPDATED_DAYS);
    const ids = [...org.table(object.name).rows()]
      .filter((row) => !isDeleted(row) && isWithin(textOf(row, 'SystemModstamp'), start, end))
      .map(idOf);
    return jsonAnswer({ ids, latestDateCovered: end });
  };

  const deleted: ApiHandler = (request, params) => {
    const object = findReplicated(org, request, params['object'] ?? '');
    const { start, end } = readSpan(org, request, DELETED_DAYS);
    const deletedRecords = [...org.table(object.name).rows()]
      .filter((row) => isDeleted(row) && isWithin(textOf(row, 'SystemModstamp'), start, end))
      .map((row) => ({ id: idOf(row), deletedDate: textOf(row, 'SystemModstamp') }));
    return jsonAnswer({
      deletedRecords,
      earliestDateAvailable: toStamp(new Date(org.now().getTime() - DELETED_DAYS * DAY_MS)),
      latestDateCovered: end,
    });
  };

  return [
    route('GET', '/sobjects/:object/updated', updated),
    route('GET', '/sobjects/:object/deleted', deleted),
  ];
};

const findReplicated = (org: Org, request: ApiRequest, name: string) => {
  const object = findObject(org, request, name);
  if (!object.replicateable) {
    throw apiError(400, 'INVALID_TYPE_FOR_OPERATION', `entity type ${object.name} is not replicateable`);
  }
  return object;
};

const isWithin = (stamp: string | null, start: string, end: string): boolean =>
  stamp !== null && stamp >= start && stamp < end;

const toMinute = (stamp: string): string => `${stamp.slice(0, 17)}00.000+0000`;

const readSpan = (
  org: Org,
  request: ApiRequest,
  maxDays: number,
): { readonly start: string; readonly end: string } => {
  // A `+` that was not encoded arrives as a blank.
  const read = (name: string): string | null => parseStamp((request.query.get(name) ?? '').replace(' ', '+'));
  const start = read('start');
  const end = read('end');
  if (start === null || end === null) {
    throw apiError(400, 'INVALID_REPLICATION_DATE', 'start and end must be ISO 8601 date times');
  }
  const startMs = stampToDate(toMinute(start)).getTime();
  const endMs = stampToDate(toMinute(end)).getTime();
  if (startMs < org.now().getTime() - maxDays * DAY_MS) {
    throw apiError(400, 'INVALID_REPLICATION_DATE', `startDate cannot be more than ${maxDays} days ago`);
  }
  if (endMs - startMs < MINUTE_MS) {
    throw apiError(
      400,
      'INVALID_REPLICATION_DATE',
      'endDate must be at least one minute greater than startDate',
    );
  }
  return { start: toMinute(start), end: toMinute(end) };
};
