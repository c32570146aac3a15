// One page of HubSpot's list of all records of a type, lowest id first: no cap, no filter, associations included.
import { expectShape, listAnswer } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { ID_PROPERTY } from '../object-types.ts';
import { LIST_PAGE_ROWS, QUERY_CHARACTERS } from '../options.ts';
import { associationsOf } from './associations.ts';
import { fromHubspotRow } from './from-hubspot-row.ts';
import type { ReadPage } from './read-page.ts';
import type { ReadPlan } from './read-plan.ts';
import { readRest } from './read-rest.ts';

export interface ListRequest {
  /** From the page before; null for the first. */
  readonly after: string | null;
  /** Archived records instead of live ones. */
  readonly archived?: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface ListPage extends ReadPage {
  /** Null on the last page. */
  readonly after: string | null;
}

export async function listPage(
  portal: Portal,
  plan: ReadPlan,
  { after, archived = false, signal }: ListRequest,
): Promise<ListPage> {
  const path = portal.paths.list(plan.type.path);
  // What does not fit the query string is read afterwards, at the price of a second call a page.
  const properties = plan.properties.join(',');
  const fits = properties.length <= QUERY_CHARACTERS;
  const answer = await portal.call({
    method: 'GET',
    path,
    query: {
      limit: String(LIST_PAGE_ROWS),
      properties: fits ? properties : ID_PROPERTY,
      archived: String(archived),
      ...(plan.associations.length === 0 ? {} : { associations: plan.associations.join(',') }),
      ...(after === null ? {} : { after }),
    },
    kind: 'read',
    signal,
  });
  const page = expectShape(listAnswer, answer.body, `GET ${path}`);
  const rows = fits || archived ? page.results : await readRest(portal, plan, page.results, signal);
  const associated = await associationsOf(portal, plan, rows, { inline: true, signal });
  return {
    records: rows.map((row) => fromHubspotRow(row, plan, associated(row))),
    after: page.paging,
    answeredAt: answer.answeredAt,
  };
}
