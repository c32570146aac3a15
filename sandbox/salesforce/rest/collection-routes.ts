// Up to 200 records in one call. A call that can be read is always answered with 200: each row tells its own story.

import { deleteRow } from '../dml/delete-row.ts';
import type { DmlContext, DmlInput } from '../dml/dml-context.ts';
import { type DmlError, dmlError, duplicateInCall, malformedId } from '../dml/dml-error.ts';
import { type DmlOutcome, refused } from '../dml/dml-outcome.ts';
import { findUpsertField, upsertRow } from '../dml/upsert-row.ts';
import { insertRow, updateRow } from '../dml/write-row.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { isJsonObject, type JsonObject, printJson } from '../org/json.ts';
import type { Org } from '../org/org.ts';
import { isDeleted } from '../org/row.ts';
import { keyPrefixOf, parseId } from '../org/salesforce-id.ts';
import { apiError, notFound } from './api-error.ts';
import { type ApiHandler, type ApiRequest, type ApiResponse, jsonAnswer } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import { answerCollection } from './collection-answer.ts';
import { findObject, toDmlContext } from './dml-call.ts';
import { printRow } from './print-row.ts';
import { isTrue, readJson } from './read-body.ts';

const MAX_ROWS = 200;
const MAX_RETRIEVED = 2_000;
/** Rows of several objects may be mixed in at most so many runs of one object. */
const MAX_CHUNKS = 10;

export const createCollectionRoutes = (org: Org): Route[] => {
  const insert: ApiHandler = (request) => {
    const { records, allOrNone } = readCollection(request);
    const context = toDmlContext(org, request);
    return answerCollection(org, allOrNone, 'save', () =>
      records.map((record) => {
        const object = objectOf(org, request, record);
        return 'statusCode' in object ? refused([object]) : insertRow(context, object, record);
      }),
    );
  };

  const update: ApiHandler = (request) => {
    const { records, allOrNone } = readCollection(request);
    const context = toDmlContext(org, request);
    const seen = new Set<string>();
    return answerCollection(org, allOrNone, 'save', () =>
      records.map((record) => updateOne(context, request, record, seen)),
    );
  };

  const updateOne = (
    context: DmlContext,
    request: ApiRequest,
    record: JsonObject,
    seen: Set<string>,
  ): DmlOutcome => {
    const object = objectOf(org, request, record);
    if ('statusCode' in object) return refused([object]);
    const id = idIn(record);
    if (id === null) {
      return refused([dmlError('MISSING_ARGUMENT', 'Id not specified in an update call')]);
    }
    const key = parseId(id) ?? id;
    if (seen.has(key) && org.quirks.duplicateIdInUpdate === 'error') {
      return refused([duplicateInCall(`Duplicate id in list: ${key}`)]);
    }
    seen.add(key);
    return updateRow(context, object, id, record);
  };

  const upsert: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    const { records, allOrNone } = readCollection(request);
    const context = toDmlContext(org, request);
    const field = findUpsertField(context, object, params['field'] ?? '');
    if (field === null) {
      throw notFound(
        `Provided external ID field does not exist or is not accessible: ${params['field'] ?? ''}`,
      );
    }
    const keys = records.map((record) => externalKeyOf(record, field.name));
    const shared = findShared(keys);
    return answerCollection(org, allOrNone, 'upsert', () =>
      records.map((record, index) => {
        const key = keys[index] ?? null;
        return key !== null && shared.has(key)
          ? refused([duplicateInCall(`Duplicate external id specified: ${key}`)])
          : upsertRow(context, object, field, record);
      }),
    );
  };

  const remove: ApiHandler = (request) => {
    const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
    checkCount(ids.length);
    const allOrNone = request.allOrNone === true || isTrue(request.query.get('allOrNone'));
    const context = toDmlContext(org, request);
    return answerCollection(org, allOrNone, 'save', () =>
      ids.map((id) => {
        const object = org.schema.findByPrefix(keyPrefixOf(id));
        return object === undefined ? refused([malformedId('ID', id, 'Id')]) : deleteRow(context, object, id);
      }),
    );
  };

  const retrieve: ApiHandler = (request, params) => {
    const { ids, fields } = readJson(request);
    return retrieveRows(org, request, params['object'] ?? '', asTexts(ids), asTexts(fields));
  };

  const retrieveByQuery: ApiHandler = (request, params) =>
    retrieveRows(
      org,
      request,
      params['object'] ?? '',
      (request.query.get('ids') ?? '').split(','),
      (request.query.get('fields') ?? '').split(','),
    );

  return [
    route('POST', '/composite/sobjects', insert),
    route('PATCH', '/composite/sobjects', update),
    route('DELETE', '/composite/sobjects', remove),
    route('POST', '/composite/sobjects/:object', retrieve),
    route('GET', '/composite/sobjects/:object', retrieveByQuery),
    route('PATCH', '/composite/sobjects/:object/:field', upsert),
  ];
};

interface Collection {
  readonly records: readonly JsonObject[];
  readonly allOrNone: boolean;
}

const readCollection = (request: ApiRequest): Collection => {
  const { records, allOrNone } = readJson(request);
  if (!Array.isArray(records) || !records.every((record) => isJsonObject(record))) {
    throw apiError(400, 'JSON_PARSER_ERROR', 'The records list is missing at [line:1, column:2]');
  }
  checkCount(records.length);
  const types = records.map((record) => typeOf(record));
  const chunks = types.filter((type, index) => index === 0 || type !== types[index - 1]).length;
  if (chunks > MAX_CHUNKS) {
    throw apiError(400, 'INVALID_OPERATION', `a collection may hold at most ${MAX_CHUNKS} chunks of objects`);
  }
  return { records, allOrNone: request.allOrNone === true || isTrue(allOrNone) };
};

const checkCount = (count: number): void => {
  if (count > MAX_ROWS) {
    throw apiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot submit more than ${MAX_ROWS} records into this call`,
    );
  }
};

const typeOf = (record: JsonObject): string => {
  const { attributes } = record;
  return isJsonObject(attributes) && typeof attributes['type'] === 'string' ? attributes['type'] : '';
};

const objectOf = (org: Org, request: ApiRequest, record: JsonObject): ObjectDefinition | DmlError => {
  const name = typeOf(record);
  const object = org.schema.find(name);
  return object !== undefined && request.caller.access.allows(object, 'read')
    ? object
    : dmlError('INVALID_TYPE', `sObject type '${name}' is not supported.`);
};

const idIn = (record: DmlInput): string | null => {
  const key = Object.keys(record).find((name) => name.toLowerCase() === 'id');
  const id = key === undefined ? null : record[key];
  return typeof id === 'string' && id !== '' ? id : null;
};

const externalKeyOf = (record: DmlInput, fieldName: string): string | null => {
  const key = Object.keys(record).find((name) => name.toLowerCase() === fieldName.toLowerCase());
  const value = key === undefined ? null : record[key];
  return value === null || value === undefined || value === '' ? null : printJson(value);
};

/** Keys that stand on more than one row: none of those rows is written. */
const findShared = (keys: readonly (string | null)[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const key of keys) {
    if (key === null) continue;
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  }
  return shared;
};

const asTexts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const retrieveRows = (
  org: Org,
  request: ApiRequest,
  objectName: string,
  ids: readonly string[],
  names: readonly string[],
): ApiResponse => {
  const object = findObject(org, request, objectName);
  if (ids.length > MAX_RETRIEVED) {
    throw apiError(
      400,
      'EXCEEDED_ID_LIMIT',
      `record limit reached. cannot retrieve more than ${MAX_RETRIEVED} records in this call`,
    );
  }
  const fields = names
    .filter((name) => name !== '')
    .map((name) => {
      const field = org.schema.findField(object, name);
      if (field === undefined || !request.caller.access.sees(object, field)) {
        throw apiError(400, 'INVALID_FIELD', `No such column '${name}' on entity '${object.name}'.`);
      }
      return field;
    });
  return jsonAnswer(
    ids.map((text) => {
      const id = parseId(text);
      const row = id === null ? undefined : org.table(object.name).get(id);
      return row === undefined || isDeleted(row) ? null : printRow(object, row, fields, request.basePath);
    }),
  );
};
