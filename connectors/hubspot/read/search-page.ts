// One page of a search. It never pages by offset: HubSpot ends every search at 10,000 rows, so callers go on from an id.

import { expectShape, searchAnswer } from '../call/answers.ts';
import type { Portal } from '../call/portal.ts';
import { ID_PROPERTY } from '../object-types.ts';
import { SEARCH_BODY_CHARACTERS, SEARCH_PAGE_ROWS } from '../options.ts';
import { associationsOf } from './associations.ts';
import { fromHubspotRow } from './from-hubspot-row.ts';
import type { ReadPage } from './read-page.ts';
import type { ReadPlan } from './read-plan.ts';
import { readRest } from './read-rest.ts';

export interface SearchFilter {
  readonly propertyName: string;
  readonly operator: 'GT' | 'GTE' | 'LT' | 'LTE' | 'HAS_PROPERTY' | 'EQ';
  readonly value?: string;
}

/** Filters of one group hold together; a row needs one group. */
export type SearchFilterGroups = readonly { readonly filters: readonly SearchFilter[] }[];

export interface SearchRequest {
  readonly filterGroups: SearchFilterGroups;
  readonly direction: 'ASCENDING' | 'DESCENDING';
  readonly signal?: AbortSignal | undefined;
}

export interface SearchPage extends ReadPage {
  /** Rows that match in all, this page included. */
  readonly total: number;
  /** Of the rows found, whether or not they could still be read; null when none was. */
  readonly lastId: string | null;
  /** More rows match than the page holds. */
  readonly more: boolean;
}

/** At most 200 rows in the order of their ids. One call, and one more for each 100 rows when the body would be too long. */
export async function searchPage(
  portal: Portal,
  plan: ReadPlan,
  request: SearchRequest,
): Promise<SearchPage> {
  const { signal } = request;
  const path = portal.paths.search(plan.type.path);
  const fits = fitsSearch(plan, request);
  const answer = await portal.call({
    method: 'POST',
    path,
    body: toBody(request, fits ? plan.properties : [ID_PROPERTY]),
    kind: 'read',
    bucket: 'search',
    signal,
  });
  const { results, total, paging } = expectShape(searchAnswer, answer.body, `POST ${path}`);
  const rows = fits ? results : await readRest(portal, plan, results, signal);
  const associated = await associationsOf(portal, plan, rows, { inline: false, signal });
  return {
    records: rows.map((row) => fromHubspotRow(row, plan, associated(row))),
    lastId: results.at(-1)?.id ?? null,
    total,
    more: paging !== null,
    answeredAt: answer.answeredAt,
  };
}

/** Whether a search can ask for the rows and all their properties at once. */
export function fitsSearch(
  plan: ReadPlan,
  request: Pick<SearchRequest, 'filterGroups' | 'direction'>,
): boolean {
  return JSON.stringify(toBody(request, plan.properties)).length <= SEARCH_BODY_CHARACTERS;
}

const toBody = (
  { filterGroups, direction }: Pick<SearchRequest, 'filterGroups' | 'direction'>,
  properties: readonly string[],
): object => ({
  filterGroups,
  sorts: [{ propertyName: ID_PROPERTY, direction }],
  properties,
  limit: SEARCH_PAGE_ROWS,
});
