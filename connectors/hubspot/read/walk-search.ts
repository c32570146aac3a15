// Reads everything that a search matches, however much, by going on from the highest id seen instead of by page number.
// Thousands of rows may share one time stamp in HubSpot; ids are the only order that cannot stand still.
import { UnavailableError } from '#errors/errors.ts';
import type { Portal } from '../call/portal.ts';
import { ID_PROPERTY } from '../object-types.ts';
import { isLowerId } from '../record-ids.ts';
import type { ReadPlan } from './read-plan.ts';
import { type SearchFilterGroups, type SearchPage, searchPage } from './search-page.ts';

/** Yields pages in the order of their ids. One call when 200 rows or fewer match. */
export async function* walkSearch(
  portal: Portal,
  plan: ReadPlan,
  groups: SearchFilterGroups,
  signal?: AbortSignal,
): AsyncGenerator<SearchPage, void> {
  let last: string | null = null;
  for (;;) {
    const filterGroups: SearchFilterGroups = last === null ? groups : beyond(groups, last);
    const page: SearchPage = await searchPage(portal, plan, { filterGroups, direction: 'ASCENDING', signal });
    assertInOrder(portal, last, page);
    yield page;
    if (!page.more) return;
    last = page.lastId ?? last;
  }
}

const beyond = (groups: SearchFilterGroups, id: string): SearchFilterGroups =>
  groups.map(({ filters }) => ({
    filters: [...filters, { propertyName: ID_PROPERTY, operator: 'GT', value: id }],
  }));

// Going on from an id loses rows unless the order holds, and would never end on an empty page that promises more.
const assertInOrder = (portal: Portal, last: string | null, page: SearchPage): void => {
  let before = last;
  for (const { id } of page.records) {
    if (before !== null && !isLowerId(before, id)) throw outOfOrder(portal);
    before = id;
  }
  if (page.more && page.lastId === null) throw outOfOrder(portal);
};

const outOfOrder = (portal: Portal): UnavailableError =>
  new UnavailableError(`${portal.connection}: HubSpot's search answered out of order; nothing was skipped`, {
    next: 'Run again; the cursor has not moved. If it stays so, run with --full.',
  });
