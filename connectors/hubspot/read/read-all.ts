// A full read of one type: from both ends when search can be used for it, of only those that have a field, and of what was
// archived. Each tells how many there are when the portal counts.
import { AuthError, BudgetError, InterruptedError } from '#errors/errors.ts';
import type { Portal } from '../call/portal.ts';
import { ID_PROPERTY } from '../object-types.ts';
import { listPage } from './list-page.ts';
import { readFromBothEnds } from './read-both-ends.ts';
import type { ReadPage } from './read-page.ts';
import type { ReadPlan } from './read-plan.ts';
import { fitsSearch, type SearchRequest, searchPage } from './search-page.ts';
import { walkSearch } from './walk-search.ts';

export interface CountedPage extends ReadPage {
  readonly total: number | null;
}

/** Every live record once; returns their number. */
export async function* readAll(
  portal: Portal,
  plan: ReadPlan,
  signal: AbortSignal | undefined,
): AsyncGenerator<CountedPage, number> {
  let answeredAt: Date | null = null;
  const pages = readFromBothEnds({
    async readLow(after) {
      const page = await listPage(portal, plan, { after, signal });
      // The first page's time is the one that counts: nothing was read before it.
      if (after === null) answeredAt = page.answeredAt;
      return page;
    },
    // A page of search that needs two more calls for its properties is dearer than two pages of the list.
    readHigh: fitsSearch(plan, fromTheTop(LONGEST_ID))
      ? (below) => searchPage(portal, plan, { ...fromTheTop(below), signal })
      : null,
    canDoWithoutHigh: (error) =>
      !(error instanceof AuthError || error instanceof BudgetError || error instanceof InterruptedError),
    onHighLost: (reason) => {
      portal.log.warn('reading on by list alone', {
        connection: portal.connection,
        object: plan.type.path,
        reason,
      });
    },
  });
  for (;;) {
    const next = await pages.next();
    if (next.done === true) return next.value;
    yield { ...next.value, answeredAt };
  }
}

/** Every live record in which the property has a value, once; returns their number. */
export async function* readHaving(
  portal: Portal,
  plan: ReadPlan,
  property: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<CountedPage, number> {
  let total: number | null = null;
  const groups = [{ filters: [{ propertyName: property, operator: 'HAS_PROPERTY' as const }] }];
  for await (const page of walkSearch(portal, plan, groups, signal)) {
    // Of later pages the total is what is left beyond them.
    total ??= page.total;
    yield { records: page.records, answeredAt: page.answeredAt, total };
  }
  return total ?? 0;
}

/** Archived records, as deleted ones: search hides them. One call when there are at most 100. */
export async function* readArchived(
  portal: Portal,
  plan: ReadPlan,
  signal: AbortSignal | undefined,
): AsyncGenerator<ReadPage, void> {
  // That they are gone is all that is asked: their values and associations stay unread.
  const bare: ReadPlan = { ...plan, properties: [plan.type.modifiedProperty], associations: [] };
  let after: string | null = null;
  do {
    const page = await listPage(portal, bare, { after, archived: true, signal });
    if (page.records.length > 0) yield page;
    after = page.after;
  } while (after !== null);
}

/** Only for measuring: no id of HubSpot's is longer. */
const LONGEST_ID = '9'.repeat(20);

const fromTheTop = (below: string | null): Pick<SearchRequest, 'filterGroups' | 'direction'> => ({
  filterGroups:
    below === null ? [] : [{ filters: [{ propertyName: ID_PROPERTY, operator: 'LT', value: below }] }],
  direction: 'DESCENDING',
});
