// POST …/batch/{read,create,update,upsert,archive}: up to 100 records a call.
import type { Request, Response, Router } from 'express';
import { rowErrorOf } from '#sandbox/hubspot/answers/api-failure.ts';
import { invalidJson, invalidRequest, someNotFound } from '#sandbox/hubspot/answers/failures.ts';
import {
  isJsonObject,
  type JsonObject,
  readBody,
  readId,
  readObjectType,
  readQueryFlag,
  readStrings,
} from '#sandbox/hubspot/answers/read-request.ts';
import { archiveRecord } from '#sandbox/hubspot/portal/change-record.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import {
  BATCH_LIMIT,
  batchAnswer,
  type PlannedRow,
  type Result,
  readInputs,
  refuseDuplicates,
  runBatch,
} from './batch.ts';
import { findRecord, refuseCommonIdProperty } from './find-by-id-property.ts';
import { planCreate, planUpdate, type WriteContext } from './plan-write.ts';
import { renderRecord, renderWritten } from './render-record.ts';
import { versionOf } from './version-of.ts';

/** Asking for the history halves what fits in one call. */
const HISTORY_BATCH_LIMIT = 50;

export const addBatchRoutes = (router: Router, portal: PortalState): void => {
  router.post('/:type/batch/read', (request, response) => {
    batchRead(portal, request, response);
  });
  router.post('/:type/batch/create', (request, response) => {
    const context = writeContext(portal, request);
    const inputs = readInputs(readBody(request));
    const plan = (input: JsonObject): PlannedRow => write(context, planCreate(context, input), input);
    send(response, runBatch({ type: context.type, inputs, plan, successStatus: 201, nowMs: portal.now() }));
  });
  router.post('/:type/batch/update', (request, response) => {
    batchUpdate(portal, request, response);
  });
  router.post('/:type/batch/upsert', (request, response) => {
    batchUpsert(portal, request, response);
  });
  router.post('/:type/batch/archive', (request, response) => {
    const type = readObjectType(request);
    for (const input of readInputs(readBody(request))) {
      const id = requireId(input);
      const record = portal.tables[type.name].isMergedAway(id) ? null : portal.tables[type.name].find(id);
      if (record !== null) archiveRecord(portal, type.name, record);
    }
    response.status(204).end();
  });
};

const batchRead = (portal: PortalState, request: Request, response: Response): void => {
  const type = readObjectType(request);
  const body = readBody(request);
  const withHistory = readStrings(body['propertiesWithHistory'], 'propertiesWithHistory');
  const properties = readStrings(body['properties'], 'properties');
  const idProperty = readId(body['idProperty']);
  refuseCommonIdProperty(portal, type, idProperty, 'read');
  const ids = readInputs(body, withHistory.length > 0 ? HISTORY_BATCH_LIMIT : BATCH_LIMIT).map(requireId);
  const archived = readQueryFlag(request, 'archived');

  const found = new Map<string, HubRecord>();
  const missing: string[] = [];
  for (const id of ids) {
    const record = findRecord(portal, type, id, idProperty);
    if (record === null || (record.archivedAtMs !== null) !== archived) missing.push(id);
    else found.set(record.id, record);
  }
  const results = [...found.values()].map((record) =>
    renderRecord(portal, type, record, { properties, withHistory }),
  );
  const errors = missing.length > 0 ? [rowErrorOf(someNotFound(type, missing), null)] : [];
  send(response, batchAnswer(results, errors, 200, portal.now()));
};

const batchUpdate = (portal: PortalState, request: Request, response: Response): void => {
  const context = writeContext(portal, request);
  const { type } = context;
  const inputs = readInputs(readBody(request));
  refuseDuplicates(inputs.map(requireId));
  for (const input of inputs) refuseCommonIdProperty(portal, type, readId(input['idProperty']), 'update');

  const plan = (input: JsonObject): PlannedRow => {
    const id = requireId(input);
    if (portal.tables[type.name].isMergedAway(id)) return { kind: 'dropped' };
    const record = findRecord(portal, type, id, readId(input['idProperty']));
    if (record === null || record.archivedAtMs !== null) return { kind: 'missing', id };
    return write(context, planUpdate(context, record, input), input);
  };
  send(response, runBatch({ type, inputs, plan, successStatus: 200, nowMs: portal.now() }));
};

const batchUpsert = (portal: PortalState, request: Request, response: Response): void => {
  const context = writeContext(portal, request);
  const { type } = context;
  const inputs = readInputs(readBody(request));
  refuseDuplicates(inputs.map((input) => requireId(input).toLowerCase()));
  const idProperties = new Set(inputs.map((input) => readId(input['idProperty'])));
  for (const idProperty of idProperties) {
    if (idProperty === null) throw invalidRequest('idProperty is required on every input of an upsert.');
    refuseCommonIdProperty(portal, type, idProperty, 'upsert');
  }

  const plan = (input: JsonObject): PlannedRow => {
    const id = requireId(input);
    const idProperty = readId(input['idProperty']) ?? '';
    const record = findRecord(portal, type, id, idProperty);
    const properties = isJsonObject(input['properties']) ? input['properties'] : {};
    const withKey = { ...input, properties: { ...properties, [idProperty]: id } };
    return record === null || record.archivedAtMs !== null
      ? write(context, planCreate(context, withKey), withKey, { new: true })
      : write(context, planUpdate(context, record, input), input, { new: false });
  };
  // "Partial upserts are not supported when using email as the idProperty": read here as all or nothing.
  const mayBePartial = !idProperties.has('email');
  send(response, runBatch({ type, inputs, plan, successStatus: 200, nowMs: portal.now(), mayBePartial }));
};

const writeContext = (portal: PortalState, request: Request): WriteContext => ({
  portal,
  type: readObjectType(request),
  version: versionOf(request),
  claims: new Set(),
});

const write = (
  { portal, type }: { readonly portal: PortalState; readonly type: ObjectType },
  commit: () => HubRecord,
  input: JsonObject,
  extras: Result = {},
): PlannedRow => ({
  kind: 'write',
  commit: () => {
    const names = isJsonObject(input['properties']) ? Object.keys(input['properties']) : [];
    return { ...renderWritten(portal, type, commit(), names), ...extras };
  },
});

const requireId = (input: JsonObject): string => {
  const id = readId(input['id']);
  if (id === null) throw invalidJson('Some required fields were not set: [id]');
  return id;
};

const send = (
  response: Response,
  { status, body }: { readonly status: number; readonly body: unknown },
): void => {
  response.status(status).json(body);
};
