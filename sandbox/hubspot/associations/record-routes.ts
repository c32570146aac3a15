// …/objects/{type}/{id}/associations/…: the associations of one record.
import type { Request, Router } from 'express';
import type { ApiVersion } from '#sandbox/hubspot/answers/api-version.ts';
import { resourceNotFound } from '#sandbox/hubspot/answers/failures.ts';
import { nextPage } from '#sandbox/hubspot/answers/next-page.ts';
import {
  readObjectType,
  readParameter,
  readQuery,
  readQueryNumber,
} from '#sandbox/hubspot/answers/read-request.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';
import { associate, dissociate } from './associate.ts';
import { findAssociationType } from './association-types.ts';
import { requirePlainType } from './batch-routes.ts';
import { livePairs } from './live-pairs.ts';
import { readAssociationTypes } from './read-new-associations.ts';
import { pageOfPairs, renderPair } from './render-pair.ts';

const PAGE_LIMIT = 500;

/** v3 answers an id and a type name per line, later versions the types per id. */
export const addRecordAssociationRoutes = (
  router: Router,
  portal: PortalState,
  version: (request: Request) => ApiVersion,
): void => {
  router.get('/:type/:id/associations/:toType', (request, response) => {
    const { type, record } = readLiveRecord(portal, request, 'type', 'id');
    const to = readObjectType(request, 'toType');
    const limit = readQueryNumber(request, 'limit', { fallback: PAGE_LIMIT, max: PAGE_LIMIT });
    const pairs = livePairs(portal, type.name, record.id, to.name);
    const { page, next } = pageOfPairs(pairs, readQuery(request, 'after'), limit);
    const results =
      version(request) === 'v3'
        ? page.flatMap(({ id, typeIds }) =>
            [...typeIds].map((typeId) => ({ id, type: findAssociationType(typeId)?.name ?? String(typeId) })),
          )
        : page.map((pair) => renderPair(version(request), pair));
    response.json({ results, ...(next === null ? {} : { paging: nextPage(request, next) }) });
  });

  router.put('/:type/:id/associations/default/:toType/:toId', (request, response) => {
    const { type, record } = readLiveRecord(portal, request, 'type', 'id');
    const { type: to, record: target } = readLiveRecord(portal, request, 'toType', 'toId');
    const plain = requirePlainType(type, to);
    associate(portal, plain, record.id, target.id);
    response.json({
      status: 'COMPLETE',
      results: [
        pairBody(record.id, target.id, plain.typeId),
        pairBody(target.id, record.id, plain.inverseTypeId),
      ],
      startedAt: formatTimestamp(portal.now()),
      completedAt: formatTimestamp(portal.now()),
    });
  });

  router.put('/:type/:id/associations/:toType/:toId', (request, response) => {
    const { type, record } = readLiveRecord(portal, request, 'type', 'id');
    const { type: to, record: target } = readLiveRecord(portal, request, 'toType', 'toId');
    const types = readAssociationTypes(type.name, request.body);
    for (const association of types) associate(portal, association, record.id, target.id);
    response.status(201).json({
      fromObjectTypeId: type.id,
      fromObjectId: record.id,
      toObjectTypeId: to.id,
      toObjectId: target.id,
      labels: types.flatMap(({ label }) => (label === null ? [] : [label])),
    });
  });

  router.delete('/:type/:id/associations/:toType/:toId', (request, response) => {
    const { type, record } = readLiveRecord(portal, request, 'type', 'id');
    const to = readObjectType(request, 'toType');
    dissociate(portal, type.name, record.id, to.name, readParameter(request, 'toId'));
    response.status(204).end();
  });
};

const pairBody = (fromId: string, toId: string, typeId: number): Record<string, unknown> => ({
  from: { id: fromId },
  to: { id: toId },
  associationSpec: { associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId },
});

const readLiveRecord = (
  portal: PortalState,
  request: Request,
  typeParameter: string,
  idParameter: string,
): { readonly type: ObjectType; readonly record: HubRecord } => {
  const type = readObjectType(request, typeParameter);
  const record = portal.tables[type.name].find(readParameter(request, idParameter));
  if (record === null || record.archivedAtMs !== null) throw resourceNotFound();
  return { type, record };
};
