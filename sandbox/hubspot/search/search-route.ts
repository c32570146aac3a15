// POST …/{type}/search.
import type { Router } from 'express';
import { rawBodyLength } from '#sandbox/hubspot/answers/body-parser.ts';
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import { readBody, readObjectType } from '#sandbox/hubspot/answers/read-request.ts';
import { renderRecord } from '#sandbox/hubspot/objects/render-record.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { runSearch } from './run-search.ts';
import { BODY_LIMIT, readSearchRequest } from './search-request.ts';

export const addSearchRoute = (router: Router, portal: PortalState): void => {
  router.post('/:type/search', (request, response) => {
    const type = readObjectType(request);
    if (rawBodyLength(request) > BODY_LIMIT)
      throw invalidRequest(`The body of a search must not exceed ${BODY_LIMIT} characters.`);
    const asked = readSearchRequest(readBody(request));
    const { total, records, nextAfter } = runSearch(portal, type, asked);
    response.json({
      total,
      results: records.map((record) =>
        renderRecord(portal, type, record, { properties: asked.properties, withHistory: [] }),
      ),
      ...(nextAfter === null ? {} : { paging: { next: { after: String(nextAfter) } } }),
    });
  });
};
