// GET …/{type}: every record in id order, no cap and no filter. `after` is the id at which the page starts.
import type { Router } from 'express';
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import { nextPage } from '#sandbox/hubspot/answers/next-page.ts';
import {
  readObjectType,
  readQueryFlag,
  readQueryList,
  readQueryNumber,
} from '#sandbox/hubspot/answers/read-request.ts';
import { renderAssociations } from '#sandbox/hubspot/associations/render-associations.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { renderRecord } from './render-record.ts';

const PAGE_LIMIT = 100;
const HISTORY_PAGE_LIMIT = 50;
const DEFAULT_PAGE = 10;

export const addListRoute = (router: Router, portal: PortalState): void => {
  router.get('/:type', (request, response) => {
    const type = readObjectType(request);
    const withHistory = readQueryList(request, 'propertiesWithHistory');
    const properties = readQueryList(request, 'properties');
    const limit = readQueryNumber(request, 'limit', {
      fallback: DEFAULT_PAGE,
      max: withHistory.length > 0 ? HISTORY_PAGE_LIMIT : PAGE_LIMIT,
    });
    if (limit === 0) throw invalidRequest('limit must be greater than 0.');
    const after = readQueryNumber(request, 'after', { fallback: 0, max: Number.MAX_SAFE_INTEGER });
    const archived = readQueryFlag(request, 'archived');
    const associations = readQueryList(request, 'associations');

    const page = portal.tables[type.name].page(after, limit, archived);
    const last = page.records.at(-1);
    response.json({
      results: page.records.map((record) => ({
        ...renderRecord(portal, type, record, { properties, withHistory }),
        ...renderAssociations(portal, type, record, associations),
      })),
      ...(page.more && last !== undefined ? { paging: nextPage(request, String(last.order + 1)) } : {}),
    });
  });
};
