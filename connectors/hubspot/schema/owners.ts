// The people and queues that records can belong to, those who left included: HubSpot keeps them as archived owners.

import { z } from 'zod';
import type { CrmOwner } from '#ports/crm.ts';
import { expectShape } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { LIST_PAGE_ROWS } from '../options.ts';

const ownersAnswer = z.object({
  results: z.array(
    z.object({
      id: z.union([z.string(), z.number()]).transform(String),
      email: z.string().nullish(),
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
    }),
  ),
  paging: z.object({ next: z.object({ after: z.string() }).nullish() }).nullish(),
});

export async function readOwners(portal: Portal): Promise<readonly CrmOwner[]> {
  const [active, archived] = await Promise.all([readOwnersThat(portal, true), readOwnersThat(portal, false)]);
  return [...active, ...archived];
}

const readOwnersThat = async (portal: Portal, active: boolean): Promise<readonly CrmOwner[]> => {
  const path = portal.paths.owners;
  const owners: CrmOwner[] = [];
  let after: string | undefined;
  do {
    const query = {
      limit: String(LIST_PAGE_ROWS),
      archived: String(!active),
      ...(after === undefined ? {} : { after }),
    };
    const answer = await portal.call({ method: 'GET', path, query, kind: 'other' });
    const page = expectShape(ownersAnswer, answer.body, `GET ${path}`);
    for (const { id, firstName, lastName, email } of page.results) {
      const name = [firstName, lastName].filter((part) => (part ?? '') !== '').join(' ');
      owners.push({ id, name: name === '' ? (email ?? id) : name, active });
    }
    after = page.paging?.next?.after;
  } while (after !== undefined);
  return owners;
};
