// /crm/owners/{version}: who can own records, active or deactivated.
import { Router } from 'express';
import { resourceNotFound } from '#sandbox/hubspot/answers/failures.ts';
import { nextPage } from '#sandbox/hubspot/answers/next-page.ts';
import {
  readParameter,
  readQuery,
  readQueryFlag,
  readQueryNumber,
} from '#sandbox/hubspot/answers/read-request.ts';
import type { Owner } from '#sandbox/hubspot/portal/owner-list.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';

const PAGE_LIMIT = 500;
const DEFAULT_PAGE = 100;

export const createOwnerRoutes = (portal: PortalState): Router => {
  const router = Router({ mergeParams: true });

  router.get('/', (request, response) => {
    const limit = readQueryNumber(request, 'limit', { fallback: DEFAULT_PAGE, max: PAGE_LIMIT });
    const after = readQuery(request, 'after');
    const email = readQuery(request, 'email')?.toLowerCase();
    const owners = portal.owners
      .list(readQueryFlag(request, 'archived'))
      .filter((owner) => email === undefined || owner.email === email)
      .filter((owner) => after === null || Number(owner.id) >= Number(after));
    const next = owners[limit];
    response.json({
      results: owners.slice(0, limit).map(renderOwner),
      ...(next === undefined ? {} : { paging: nextPage(request, next.id) }),
    });
  });

  router.get('/:ownerId', (request, response) => {
    const id = readParameter(request, 'ownerId');
    const archived = readQueryFlag(request, 'archived');
    const owner =
      readQuery(request, 'idProperty') === 'userId'
        ? portal.owners.list(archived).find(({ userId }) => String(userId) === id)
        : portal.owners.find(id);
    if (owner === undefined || owner === null || owner.archived !== archived) throw resourceNotFound();
    response.json(renderOwner(owner));
  });

  return router;
};

/** A deactivated user keeps the user id only in `userIdIncludingInactive`. */
const renderOwner = (owner: Owner): Record<string, unknown> => ({
  id: owner.id,
  email: owner.email,
  type: 'PERSON',
  firstName: owner.firstName,
  lastName: owner.lastName,
  ...(owner.archived ? {} : { userId: owner.userId }),
  userIdIncludingInactive: owner.userId,
  createdAt: formatTimestamp(owner.createdAtMs),
  updatedAt: formatTimestamp(owner.updatedAtMs),
  archived: owner.archived,
});
