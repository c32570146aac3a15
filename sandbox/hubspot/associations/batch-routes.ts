// /crm/associations/{version}/{from}/{to}/…: pairs read, made and undone many at a time, and the labels.
import { type Request, type Response, Router } from 'express';
import { ApiFailure, rowErrorOf } from '#sandbox/hubspot/answers/api-failure.ts';
import { type ApiVersion, isDatedVersion } from '#sandbox/hubspot/answers/api-version.ts';
import { invalidJson, invalidRequest, someNotFound } from '#sandbox/hubspot/answers/failures.ts';
import {
  isJsonObject,
  type JsonObject,
  readBody,
  readId,
  readObjectType,
  readParameter,
} from '#sandbox/hubspot/answers/read-request.ts';
import { batchAnswer, type Result, readInputs } from '#sandbox/hubspot/objects/batch.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { associate, dissociate } from './associate.ts';
import { type AssociationType, associationTypesBetween, plainAssociationType } from './association-types.ts';
import { livePairs } from './live-pairs.ts';
import { readAssociationTypes } from './read-new-associations.ts';
import { pageOfPairs, renderPair } from './render-pair.ts';

const READ_LIMIT = 1000;
const WRITE_LIMIT = 2000;
/** Pairs of one record in one answer; the rest follows by the input's `after`. */
const PAIRS_PER_INPUT = 500;

export const createAssociationRoutes = (portal: PortalState): Router => {
  const router = Router({ mergeParams: true });

  router.get('/:from/:to/labels', (request, response) => {
    const { from, to } = readEnds(request);
    response.json({
      results: associationTypesBetween(from.name, to.name).map(({ typeId, label }) => ({
        category: 'HUBSPOT_DEFINED',
        typeId,
        label,
      })),
    });
  });

  router.post('/:from/:to/batch/read', (request, response) => {
    const { from, to } = readEnds(request);
    const inputs = readInputs(readBody(request), READ_LIMIT);
    const results: Result[] = [];
    const errors: Result[] = [];
    for (const input of inputs) {
      const id = requireId(input['id']);
      const pairs = livePairs(portal, from.name, portal.tables[from.name].find(id)?.id ?? id, to.name);
      if (pairs.length === 0) {
        errors.push(rowErrorOf(noAssociations(from, to, id), null));
        continue;
      }
      const { page, next } = pageOfPairs(pairs, readId(input['after']), PAIRS_PER_INPUT);
      results.push({
        from: { id },
        to: page.map((pair) => renderPair(versionOf(request), pair)),
        ...(next === null ? {} : { paging: { next: { after: next } } }),
      });
    }
    send(response, batchAnswer(results, errors, 200, portal.now()));
  });

  router.post('/:from/:to/batch/create', (request, response) => {
    const ends = readEnds(request);
    const rows = readInputs(readBody(request), WRITE_LIMIT).map((input) => ({
      ...readPair(input),
      types: readAssociationTypes(ends.from.name, input['types']),
    }));
    createAll(portal, ends, rows, response, ({ fromId, toId, types }) => ({
      fromObjectTypeId: ends.from.id,
      fromObjectId: fromId,
      toObjectTypeId: ends.to.id,
      toObjectId: toId,
      labels: types.flatMap(({ label }) => (label === null ? [] : [label])),
    }));
  });

  router.post('/:from/:to/batch/associate/default', (request, response) => {
    const ends = readEnds(request);
    const plain = requirePlainType(ends.from, ends.to);
    const rows = readInputs(readBody(request), WRITE_LIMIT).map((input) => ({
      ...readPair(input),
      types: [plain],
    }));
    createAll(portal, ends, rows, response, ({ fromId, toId }) => ({
      from: { id: fromId },
      to: { id: toId },
      associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: plain.typeId },
    }));
  });

  router.post('/:from/:to/batch/archive', (request, response) => {
    const { from, to } = readEnds(request);
    for (const input of readInputs(readBody(request), WRITE_LIMIT)) {
      const fromId = requireEnd(input['from']);
      const targets: unknown = input['to'];
      if (!Array.isArray(targets)) throw invalidJson('`to` must be a list');
      for (const target of targets) dissociate(portal, from.name, fromId, to.name, requireEnd(target));
    }
    response.status(204).end();
  });

  router.post('/:from/:to/batch/labels/archive', (request, response) => {
    const { from, to } = readEnds(request);
    for (const input of readInputs(readBody(request), WRITE_LIMIT)) {
      const { fromId, toId } = readPair(input);
      const types = readAssociationTypes(from.name, input['types']);
      dissociate(portal, from.name, fromId, to.name, toId, new Set(types.map(({ typeId }) => typeId)));
    }
    response.status(204).end();
  });

  return router;
};

interface Ends {
  readonly from: ObjectType;
  readonly to: ObjectType;
}

interface Row {
  readonly fromId: string;
  readonly toId: string;
  readonly types: readonly AssociationType[];
}

const createAll = (
  portal: PortalState,
  { from, to }: Ends,
  rows: readonly Row[],
  response: Response,
  render: (row: Row) => Result,
): void => {
  const results: Result[] = [];
  const missing: Result[] = [];
  for (const row of rows) {
    const [gone] = [
      isLive(portal, from, row.fromId) ? null : rowErrorOf(someNotFound(from, [row.fromId]), null),
      isLive(portal, to, row.toId) ? null : rowErrorOf(someNotFound(to, [row.toId]), null),
    ].filter((error) => error !== null);
    if (gone !== undefined) {
      missing.push(gone);
      continue;
    }
    for (const type of row.types) associate(portal, type, row.fromId, row.toId);
    results.push(render(row));
  }
  send(response, batchAnswer(results, missing, 201, portal.now()));
};

const isLive = (portal: PortalState, type: ObjectType, id: string): boolean =>
  portal.tables[type.name].find(id)?.archivedAtMs === null && !portal.tables[type.name].isMergedAway(id);

export const requirePlainType = (from: ObjectType, to: ObjectType): AssociationType => {
  const plain = plainAssociationType(from.name, to.name);
  if (plain === null) throw invalidRequest(`${from.name} cannot be associated with ${to.name}.`);
  return plain;
};

const readEnds = (request: Request): Ends => ({
  from: readObjectType(request, 'from'),
  to: readObjectType(request, 'to'),
});

const readPair = (input: JsonObject): { readonly fromId: string; readonly toId: string } => ({
  fromId: requireEnd(input['from']),
  toId: requireEnd(input['to']),
});

const requireEnd = (end: unknown): string => {
  if (!isJsonObject(end)) throw invalidJson('`from` and `to` must be objects with an id');
  return requireId(end['id']);
};

const requireId = (value: unknown): string => {
  const id = readId(value);
  if (id === null) throw invalidJson('Some required fields were not set: [id]');
  return id;
};

const noAssociations = (from: ObjectType, to: ObjectType, id: string): ApiFailure =>
  new ApiFailure({
    status: 404,
    category: 'OBJECT_NOT_FOUND',
    subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    message: `No ${to.singular} is associated with ${from.singular} ${id}.`,
    context: { fromObjectId: [id], fromObjectType: [from.singular], toObjectType: [to.singular] },
  });

const versionOf = (request: Request): ApiVersion => {
  const version = readParameter(request, 'version');
  return isDatedVersion(version) ? version : 'v4';
};

const send = (
  response: Response,
  { status, body }: { readonly status: number; readonly body: unknown },
): void => {
  response.status(status).json(body);
};
