// Finds records by what the index knows of them and answers with what they are now.
// That is HubSpot's own way, and why a result need not match the filter that found it.
import { invalidRequest, unknownObjectType } from '#sandbox/hubspot/answers/failures.ts';
import { findObjectType, type ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import type { PropertyDefinition } from '#sandbox/hubspot/properties/definition.ts';
import { toComparable } from '#sandbox/hubspot/properties/stored-value.ts';
import { matchesTokens, testOf, tokensOf } from './match-filter.ts';
import { type Filter, RESULT_LIMIT, type SearchRequest } from './search-request.ts';

export interface SearchResult {
  readonly total: number;
  readonly records: readonly HubRecord[];
  readonly nextAfter: number | null;
}

type RecordTest = (record: HubRecord) => boolean;

/** Properties the free-text query looks at, per type. */
const QUERIED: Readonly<Record<ObjectType['name'], readonly string[]>> = {
  companies: ['name', 'domain', 'website', 'phone'],
  contacts: ['firstname', 'lastname', 'email', 'phone', 'company', 'hs_additional_emails'],
  deals: ['dealname', 'pipeline', 'dealstage', 'description'],
  tasks: ['hs_task_subject', 'hs_task_body'],
  notes: ['hs_note_body'],
};

export const runSearch = (portal: PortalState, type: ObjectType, request: SearchRequest): SearchResult => {
  portal.index.catchUp();
  const groups = request.filterGroups.map((filters) =>
    filters.map((filter) => recordTestOf(portal, type, filter)),
  );
  const asked = tokensOf(request.query ?? '');
  const matches = portal.tables[type.name]
    .all()
    .filter(
      (record) =>
        record.indexed !== null &&
        record.archivedAtMs === null &&
        (groups.length === 0 || groups.some((tests) => tests.every((test) => test(record)))) &&
        (asked.length === 0 || matchesQuery(type, record, asked)),
    );
  const sorted =
    request.sort === null
      ? matches
      : sortBy(matches, sortDefinition(portal, type, request.sort), request.sort.descending);
  const end = Math.min(request.after + request.limit, RESULT_LIMIT);
  return {
    total: matches.length,
    records: sorted.slice(request.after, end),
    nextAfter: end < matches.length ? end : null,
  };
};

const ASSOCIATION_FILTER = 'associations.';

const recordTestOf = (portal: PortalState, type: ObjectType, filter: Filter): RecordTest => {
  if (filter.propertyName.startsWith(ASSOCIATION_FILTER)) return associationTestOf(portal, type, filter);
  const definition = portal.properties[type.name].find(filter.propertyName);
  if (definition === null) throw unknownProperty(filter.propertyName);
  const test = testOf(definition, filter);
  return ({ indexed }) => indexed !== null && test(indexed);
};

// `associations.company EQ <id>`: pairs take as long as values to be indexed.
const associationTestOf = (portal: PortalState, type: ObjectType, filter: Filter): RecordTest => {
  const alias = filter.propertyName.slice(ASSOCIATION_FILTER.length);
  const to = findObjectType(alias);
  if (to === null) throw unknownObjectType(alias);
  const indexedIds = (record: HubRecord): readonly string[] => {
    const untilMs = portal.index.visibleUntilMs();
    return portal.associations
      .targets(type.name, record.id, to.name)
      .filter(({ sinceMs }) => sinceMs <= untilMs)
      .map(({ id }) => id);
  };
  switch (filter.operator) {
    case 'EQ':
      return (record) => indexedIds(record).includes(filter.value);
    case 'IN':
      return (record) => indexedIds(record).some((id) => filter.values.includes(id));
    case 'NEQ':
      return (record) => !indexedIds(record).includes(filter.value);
    case 'NOT_IN':
      return (record) => !indexedIds(record).some((id) => filter.values.includes(id));
    case 'HAS_PROPERTY':
      return (record) => indexedIds(record).length > 0;
    case 'NOT_HAS_PROPERTY':
      return (record) => indexedIds(record).length === 0;
    case 'LT':
    case 'LTE':
    case 'GT':
    case 'GTE':
    case 'BETWEEN':
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN':
      throw invalidRequest(`${filter.operator} cannot be used with ${filter.propertyName}.`);
  }
};

const matchesQuery = (type: ObjectType, { indexed }: HubRecord, asked: readonly string[]): boolean =>
  matchesTokens(asked, QUERIED[type.name].map((name) => indexed?.get(name) ?? '').join(' '));

const sortDefinition = (
  portal: PortalState,
  type: ObjectType,
  { propertyName }: { readonly propertyName: string },
): PropertyDefinition => {
  const definition = portal.properties[type.name].find(propertyName);
  if (definition === null) throw unknownProperty(propertyName);
  return definition;
};

// Stable, so that equal values stay in id order; records without a value come last either way.
const sortBy = (
  records: readonly HubRecord[],
  definition: PropertyDefinition,
  descending: boolean,
): readonly HubRecord[] => {
  // Records come in id order already: the sort every keyset reader asks for costs nothing.
  if (definition.name === 'hs_object_id') return descending ? records.toReversed() : records;
  const keyed = records.map((record) => {
    const stored = record.indexed?.get(definition.name);
    return { record, key: stored === undefined ? null : toComparable(definition, stored) };
  });
  const direction = descending ? -1 : 1;
  return keyed
    .toSorted((left, right) => {
      if (left.key === null || right.key === null)
        return Number(left.key === null) - Number(right.key === null);
      if (left.key === right.key) return 0;
      return left.key < right.key ? -direction : direction;
    })
    .map(({ record }) => record);
};

const unknownProperty = (name: string): Error =>
  invalidRequest('There was a problem with the request.', [
    {
      message: `Property ${name} does not exist`,
      code: 'INVALID_PROPERTY',
      context: { propertyName: [name] },
    },
  ]);
