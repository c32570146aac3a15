// GET, POST, PATCH and DELETE of one record, and the merge of two.
import type { Router } from 'express';
import { invalidJson, invalidRequest, resourceNotFound } from '#sandbox/hubspot/answers/failures.ts';
import {
  isJsonObject,
  readBody,
  readId,
  readObjectType,
  readParameter,
  readQuery,
  readQueryFlag,
  readQueryList,
} from '#sandbox/hubspot/answers/read-request.ts';
import { renderAssociations } from '#sandbox/hubspot/associations/render-associations.ts';
import { archiveRecord } from '#sandbox/hubspot/portal/change-record.ts';
import { mergeRecords } from '#sandbox/hubspot/portal/merge-records.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import { findRecord, refuseCommonIdProperty } from './find-by-id-property.ts';
import { planCreate, planUpdate } from './plan-write.ts';
import { DEFAULT_VIEW, renderRecord, renderWritten } from './render-record.ts';
import { versionOf } from './version-of.ts';

export const addSingleRoutes = (router: Router, portal: PortalState): void => {
  router.post('/:type', (request, response) => {
    const type = readObjectType(request);
    const body = readBody(request);
    const create = planCreate({ portal, type, version: versionOf(request), claims: new Set() }, body);
    const record = create();
    response.status(201).json(renderWritten(portal, type, record, namesIn(body['properties'])));
  });

  router.post('/:type/merge', (request, response) => {
    const type = readObjectType(request);
    const body = readBody(request);
    const primary = liveRecord(portal, type, requireId(body['primaryObjectId'], 'primaryObjectId'));
    const other = liveRecord(portal, type, requireId(body['objectIdToMerge'], 'objectIdToMerge'));
    if (primary === other) throw invalidRequest('A record cannot be merged with itself.');
    response.json(renderRecord(portal, type, mergeRecords(portal, type.name, primary, other), DEFAULT_VIEW));
  });

  router.get('/:type/:id', (request, response) => {
    const type = readObjectType(request);
    const idProperty = readQuery(request, 'idProperty');
    refuseCommonIdProperty(portal, type, idProperty, 'read');
    const record = findRecord(portal, type, readParameter(request, 'id'), idProperty);
    if (record === null || (record.archivedAtMs !== null) !== readQueryFlag(request, 'archived'))
      throw resourceNotFound();
    response.json({
      ...renderRecord(portal, type, record, {
        properties: readQueryList(request, 'properties'),
        withHistory: readQueryList(request, 'propertiesWithHistory'),
      }),
      ...renderAssociations(portal, type, record, readQueryList(request, 'associations')),
    });
  });

  router.patch('/:type/:id', (request, response) => {
    const type = readObjectType(request);
    const idProperty = readQuery(request, 'idProperty');
    refuseCommonIdProperty(portal, type, idProperty, 'update');
    const record = liveRecord(portal, type, readParameter(request, 'id'), idProperty);
    const body = readBody(request);
    const update = planUpdate({ portal, type, version: versionOf(request), claims: new Set() }, record, body);
    response.json(renderWritten(portal, type, update(), namesIn(body['properties'])));
  });

  router.delete('/:type/:id', (request, response) => {
    const type = readObjectType(request);
    const id = readParameter(request, 'id');
    // Archiving what is gone already answers 204 too.
    const record = portal.tables[type.name].isMergedAway(id) ? null : portal.tables[type.name].find(id);
    if (record !== null) archiveRecord(portal, type.name, record);
    response.status(204).end();
  });
};

const liveRecord = (
  portal: PortalState,
  type: ObjectType,
  id: string,
  idProperty: string | null = null,
): HubRecord => {
  const record = findRecord(portal, type, id, idProperty);
  if (record === null || record.archivedAtMs !== null) throw resourceNotFound();
  return record;
};

const requireId = (value: unknown, field: string): string => {
  const id = readId(value);
  if (id === null) throw invalidJson(`Some required fields were not set: [${field}]`);
  return id;
};

const namesIn = (properties: unknown): readonly string[] =>
  isJsonObject(properties) ? Object.keys(properties) : [];
