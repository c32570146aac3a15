// /crm/properties/{version}/{type}/groups: the sections a record's properties are shown in.
import type { Request, Router } from 'express';
import { invalidJson } from '#sandbox/hubspot/answers/failures.ts';
import { readBody, readObjectType, readParameter } from '#sandbox/hubspot/answers/read-request.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { PropertyGroup } from './definition.ts';
import type { PropertyBook } from './property-book.ts';
import { groupExists, groupInUse, groupNotFound } from './property-failures.ts';
import { renderGroup } from './render-property.ts';

export const addGroupRoutes = (router: Router, portal: PortalState): void => {
  const bookOf = (request: Request): PropertyBook => portal.properties[readObjectType(request).name];

  router.get('/:type/groups', (request, response) => {
    response.json({ results: bookOf(request).groups().map(renderGroup) });
  });

  router.post('/:type/groups', (request, response) => {
    const book = bookOf(request);
    const { name, label, displayOrder } = readBody(request);
    if (typeof name !== 'string' || name === '' || typeof label !== 'string' || label === '')
      throw invalidJson('Some required fields were not set: [name, label]');
    if (book.findGroup(name) !== null) throw groupExists(name);
    const group: PropertyGroup = {
      name,
      label,
      displayOrder: typeof displayOrder === 'number' ? displayOrder : -1,
      archived: false,
    };
    book.putGroup(group);
    response.status(201).json(renderGroup(group));
  });

  router.get('/:type/groups/:group', (request, response) => {
    response.json(renderGroup(requireGroup(bookOf(request), request)));
  });

  router.patch('/:type/groups/:group', (request, response) => {
    const book = bookOf(request);
    const current = requireGroup(book, request);
    const { label, displayOrder } = readBody(request);
    const changed: PropertyGroup = {
      ...current,
      label: typeof label === 'string' && label !== '' ? label : current.label,
      displayOrder: typeof displayOrder === 'number' ? displayOrder : current.displayOrder,
    };
    book.putGroup(changed);
    response.json(renderGroup(changed));
  });

  router.delete('/:type/groups/:group', (request, response) => {
    const book = bookOf(request);
    const group = requireGroup(book, request);
    if (book.list(false).some(({ groupName }) => groupName === group.name)) throw groupInUse(group.name);
    book.putGroup({ ...group, archived: true });
    response.status(204).end();
  });
};

const requireGroup = (book: PropertyBook, request: Request): PropertyGroup => {
  const name = readParameter(request, 'group');
  const group = book.findGroup(name);
  if (group === null) throw groupNotFound(name);
  return group;
};
