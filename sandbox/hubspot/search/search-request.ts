// Reads a search body and refuses what HubSpot refuses: too many groups or filters, two sorts, page 51 of 200.
import { invalidJson, invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject, type JsonObject, readId, readStrings } from '#sandbox/hubspot/answers/read-request.ts';

const OPERATORS = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;
type Operator = (typeof OPERATORS)[number];

export interface Filter {
  readonly propertyName: string;
  readonly operator: Operator;
  readonly value: string;
  readonly highValue: string;
  readonly values: readonly string[];
}

export interface SearchRequest {
  /** Any group must hold; in a group every filter. None at all: every record. */
  readonly filterGroups: readonly (readonly Filter[])[];
  readonly query: string | null;
  readonly sort: { readonly propertyName: string; readonly descending: boolean } | null;
  readonly properties: readonly string[];
  readonly limit: number;
  readonly after: number;
}

const GROUP_LIMIT = 5;
const FILTERS_PER_GROUP = 6;
const FILTER_LIMIT = 18;
const PAGE_LIMIT = 200;
const DEFAULT_PAGE = 10;
/** No query gives more results than this, however it is paged. */
export const RESULT_LIMIT = 10_000;
/** Of the whole body, by the search guide. */
export const BODY_LIMIT = 3000;

export const readSearchRequest = (body: JsonObject): SearchRequest => {
  const filterGroups = readGroups(body);
  const limit = readWhole(body['limit'], 'limit', DEFAULT_PAGE);
  if (limit > PAGE_LIMIT) throw invalidRequest(`limit must be less than or equal to ${PAGE_LIMIT}.`);
  if (limit === 0) throw invalidRequest('limit must be greater than 0.');
  const after = readWhole(body['after'], 'after', 0);
  if (after >= RESULT_LIMIT)
    throw invalidRequest(`A search returns at most ${RESULT_LIMIT} results; after=${after} is past them.`);
  const query = readId(body['query']);
  return {
    filterGroups,
    query,
    sort: readSort(body['sorts']),
    properties: readStrings(body['properties'], 'properties'),
    limit,
    after,
  };
};

const readGroups = (body: JsonObject): readonly (readonly Filter[])[] => {
  // Filters without a group are one group.
  const given: unknown =
    body['filterGroups'] ?? (body['filters'] === undefined ? [] : [{ filters: body['filters'] }]);
  if (!Array.isArray(given)) throw invalidJson('filterGroups must be a list');
  if (given.length > GROUP_LIMIT)
    throw invalidRequest(`Too many filterGroups: ${given.length}, at most ${GROUP_LIMIT} are allowed.`);
  const groups = given.map((group: unknown) => {
    const filters: unknown = isJsonObject(group) ? group['filters'] : undefined;
    if (!Array.isArray(filters)) throw invalidJson('every filterGroup needs filters');
    if (filters.length > FILTERS_PER_GROUP)
      throw invalidRequest(`Too many filters in a group: ${filters.length}, at most ${FILTERS_PER_GROUP}.`);
    return filters.map(readFilter);
  });
  if (groups.flat().length > FILTER_LIMIT)
    throw invalidRequest(`Too many filters: ${groups.flat().length}, at most ${FILTER_LIMIT} are allowed.`);
  return groups;
};

const readFilter = (value: unknown): Filter => {
  if (!isJsonObject(value)) throw invalidJson('a filter must be an object');
  const { propertyName, operator } = value;
  if (typeof propertyName !== 'string' || propertyName === '')
    throw invalidJson('a filter needs a propertyName');
  const known = OPERATORS.find((candidate) => candidate === operator);
  if (known === undefined) throw invalidJson(`${String(operator)} is no operator`);
  const filter: Filter = {
    propertyName,
    operator: known,
    value: readId(value['value']) ?? '',
    highValue: readId(value['highValue']) ?? '',
    values: Array.isArray(value['values']) ? value['values'].map(String) : [],
  };
  requireOperands(filter);
  return filter;
};

const requireOperands = ({ operator, value, highValue, values }: Filter): void => {
  switch (operator) {
    case 'HAS_PROPERTY':
    case 'NOT_HAS_PROPERTY':
      return;
    case 'IN':
    case 'NOT_IN':
      if (values.length === 0) throw invalidJson(`operator ${operator} requires values`);
      return;
    case 'BETWEEN':
      if (highValue === '') throw invalidJson('operator BETWEEN requires a highValue');
      if (value === '') throw invalidJson('operator BETWEEN requires a value');
      return;
    case 'EQ':
    case 'NEQ':
    case 'LT':
    case 'LTE':
    case 'GT':
    case 'GTE':
    case 'CONTAINS_TOKEN':
    case 'NOT_CONTAINS_TOKEN':
      if (value === '') throw invalidJson(`operator ${operator} requires a value`);
  }
};

// `["name"]`, `["-name"]` and `[{propertyName, direction}]` are all accepted; the specification shows the first only.
const readSort = (value: unknown): SearchRequest['sort'] => {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw invalidJson('sorts must be a list');
  if (value.length > 1) throw invalidRequest('Only one sort is allowed.');
  const first: unknown = value[0];
  if (first === undefined) return null;
  if (typeof first === 'string')
    return { propertyName: first.replace(/^-/u, ''), descending: first.startsWith('-') };
  if (!isJsonObject(first) || typeof first['propertyName'] !== 'string')
    throw invalidJson('a sort needs a propertyName');
  return { propertyName: first['propertyName'], descending: first['direction'] === 'DESCENDING' };
};

const readWhole = (value: unknown, field: string, fallback: number): number => {
  if (value === undefined || value === null || value === '') return fallback;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw invalidJson(`${field} must be a whole number`);
  return number;
};
