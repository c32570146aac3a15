// Chooses how an object is read (by ids, in full, or what changed) and tells where to go on from. Makes no call itself.
import type { CrmObject } from '#domain/record/objects.ts';
import { ConfigError } from '#errors/errors.ts';
import type { CrmObjectSchema, PullEnd, PullPage, PullRequest } from '#ports/crm.ts';
import type { Portal } from '../call/portal.ts';
import { findChangedSince } from './changed-since.ts';
import { assertCursor, nextCursor } from './cursor.ts';
import { type CountedPage, readAll, readArchived, readHaving } from './read-all.ts';
import { readByIds } from './read-by-ids.ts';
import { associatedObject, planRead, type ReadPlan } from './read-plan.ts';
import { walkSearch } from './walk-search.ts';

/** Objects whose deletions matter to tiers; what HubSpot archived of others shows as unseen after a full pull. */
const WITH_ARCHIVED: readonly CrmObject[] = ['account', 'contact', 'opportunity'];

export async function* pullFromHubspot(
  portal: Portal,
  request: PullRequest,
  schema: CrmObjectSchema | null,
): AsyncGenerator<PullPage, PullEnd> {
  const plan = planRead(request, schema);
  assertKnown(plan, schema);
  const { cursor, signal } = request;
  if (request.ids !== undefined) {
    for await (const page of readByIds(portal, plan, request.ids, signal)) yield withoutTotal(page);
    return { cursor: cursor ?? '', counted: null };
  }
  // A pull of single records before any full one leaves an empty cursor behind: still everything to read.
  return cursor === null || cursor === ''
    ? yield* pullEverything(portal, request, plan)
    : yield* pullChanges(portal, request, plan, cursor);
}

async function* pullEverything(
  portal: Portal,
  { object, havingField, signal }: PullRequest,
  plan: ReadPlan,
): AsyncGenerator<PullPage, PullEnd> {
  const startedAt = portal.clock.now();
  const pages =
    havingField === undefined ? readAll(portal, plan, signal) : readHaving(portal, plan, havingField, signal);
  let answeredAt: Date | null | undefined;
  let counted: number;
  for (;;) {
    const next: IteratorResult<CountedPage, number> = await pages.next();
    if (next.done === true) {
      counted = next.value;
      break;
    }
    answeredAt ??= next.value.answeredAt;
    yield { records: next.value.records, total: next.value.total };
  }
  if (WITH_ARCHIVED.includes(object))
    for await (const page of readArchived(portal, plan, signal)) yield withoutTotal(page);
  return { cursor: nextCursor(portal, startedAt, answeredAt ?? null, null), counted };
}

async function* pullChanges(
  portal: Portal,
  { skip, reread, havingField, signal }: PullRequest,
  plan: ReadPlan,
  cursor: string,
): AsyncGenerator<PullPage, PullEnd> {
  assertCursor(portal, cursor);
  const startedAt = portal.clock.now();
  const searches = findChangedSince({
    since: cursor,
    skip,
    reread,
    modifiedProperty: plan.type.modifiedProperty,
    alsoRequired: havingField === undefined ? [] : [{ propertyName: havingField, operator: 'HAS_PROPERTY' }],
  });
  let answeredAt: Date | null | undefined;
  for (const groups of searches) {
    for await (const page of walkSearch(portal, plan, groups, signal)) {
      answeredAt ??= page.answeredAt;
      yield withoutTotal(page);
    }
  }
  return { cursor: nextCursor(portal, startedAt, answeredAt ?? null, cursor), counted: null };
}

// HubSpot silently leaves out properties that it does not have; their values would look empty and be overwritten.
const assertKnown = (plan: ReadPlan, schema: CrmObjectSchema | null): void => {
  if (schema === null) return;
  const missing = plan.fields.filter(
    (field) => associatedObject(field) === null && !schema.fields.has(field),
  );
  if (missing.length === 0) return;
  throw new ConfigError(`HubSpot's ${schema.crmObject} have no property ${missing.join(', ')}`, {
    next: 'Run `tierline setup` for our own properties; correct the mapping for others.',
  });
};

const withoutTotal = ({ records }: Pick<PullPage, 'records'>): PullPage => ({ records, total: null });
