// /crm/properties/{version}/{type}: the definitions of a type's properties.
import { type Request, Router } from 'express';
import { ApiFailure, rowErrorOf } from '#sandbox/hubspot/answers/api-failure.ts';
import { invalidJson } from '#sandbox/hubspot/answers/failures.ts';
import {
  type JsonObject,
  readBody,
  readObjectType,
  readParameter,
  readQueryFlag,
} from '#sandbox/hubspot/answers/read-request.ts';
import { batchAnswer, type Result, readInputs } from '#sandbox/hubspot/objects/batch.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { PropertyDefinition } from './definition.ts';
import { addGroupRoutes } from './group-routes.ts';
import { parseNewProperty, parsePropertyChange } from './parse-definition.ts';
import type { PropertyBook } from './property-book.ts';
import { propertyExists, propertyInUse, propertyNotFound, readOnlyDefinition } from './property-failures.ts';
import { renderProperty } from './render-property.ts';

export const createPropertyRoutes = (portal: PortalState): Router => {
  const router = Router({ mergeParams: true });
  const bookOf = (request: Request): PropertyBook => portal.properties[readObjectType(request).name];

  const create = (request: Request, body: JsonObject): PropertyDefinition => {
    const book = bookOf(request);
    const definition = parseNewProperty(body, readObjectType(request), book, portal.now());
    if (book.find(definition.name) !== null) throw propertyExists(definition.name);
    // The name of an archived property brings that one back, with the definition posted now.
    const archived = book.findArchived(definition.name);
    const made = archived === null ? definition : { ...definition, createdAtMs: archived.createdAtMs };
    book.put(made);
    return made;
  };

  const archive = (book: PropertyBook, definition: PropertyDefinition): void => {
    if (definition.hubspotDefined) throw readOnlyDefinition(definition.name);
    if (portal.propertiesInUse.has(definition.name)) throw propertyInUse(definition.name);
    book.put({ ...definition, archivedAtMs: portal.now(), updatedAtMs: portal.now() });
  };

  // Before the routes with a property's name, which would take `groups` for one.
  addGroupRoutes(router, portal);

  router.get('/:type', (request, response) => {
    response.json({
      results: bookOf(request).list(readQueryFlag(request, 'archived')).map(renderProperty),
    });
  });

  router.post('/:type', (request, response) => {
    response.status(201).json(renderProperty(create(request, readBody(request))));
  });

  router.post('/:type/batch/create', (request, response) => {
    const results: Result[] = [];
    const errors: Result[] = [];
    for (const input of readInputs(readBody(request))) {
      try {
        results.push(renderProperty(create(request, input)));
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        errors.push({ ...rowErrorOf(error, null), context: { name: [String(input['name'])] } });
      }
    }
    const { status, body } = batchAnswer(results, errors, 201, portal.now());
    response.status(status).json(body);
  });

  router.post('/:type/batch/read', (request, response) => {
    const book = bookOf(request);
    const body = readBody(request);
    const archived = body['archived'] === true;
    const results: Result[] = [];
    const errors: Result[] = [];
    for (const name of readInputs(body).map(requireName)) {
      const definition = archived ? book.findArchived(name) : book.find(name);
      if (definition === null) errors.push(rowErrorOf(propertyNotFound(name), null));
      else results.push(renderProperty(definition));
    }
    const answer = batchAnswer(results, errors, 200, portal.now());
    response.status(answer.status).json(answer.body);
  });

  router.post('/:type/batch/archive', (request, response) => {
    const book = bookOf(request);
    for (const name of readInputs(readBody(request)).map(requireName)) {
      const definition = book.find(name);
      if (definition !== null) archive(book, definition);
    }
    response.status(204).end();
  });

  router.get('/:type/:property', (request, response) => {
    const name = readParameter(request, 'property');
    const book = bookOf(request);
    const definition = readQueryFlag(request, 'archived') ? book.findArchived(name) : book.find(name);
    if (definition === null) throw propertyNotFound(name);
    response.json(renderProperty(definition));
  });

  router.patch('/:type/:property', (request, response) => {
    const book = bookOf(request);
    const changed = parsePropertyChange(
      readBody(request),
      requireProperty(book, request),
      book,
      portal.now(),
    );
    book.put(changed);
    response.json(renderProperty(changed));
  });

  router.delete('/:type/:property', (request, response) => {
    const book = bookOf(request);
    archive(book, requireProperty(book, request));
    response.status(204).end();
  });

  return router;
};

const requireProperty = (book: PropertyBook, request: Request): PropertyDefinition => {
  const name = readParameter(request, 'property');
  const definition = book.find(name);
  if (definition === null) throw propertyNotFound(name);
  return definition;
};

const requireName = (input: JsonObject): string => {
  const { name } = input;
  if (typeof name !== 'string' || name === '') throw invalidJson('Some required fields were not set: [name]');
  return name;
};
