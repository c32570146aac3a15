// One record at a time: /sobjects/Account, /sobjects/Account/001…, and upsert by a field that identifies it.

import { deleteRow } from '../dml/delete-row.ts';
import type { DmlOutcome } from '../dml/dml-outcome.ts';
import { findUpsertField, findUpsertTarget, upsertRow } from '../dml/upsert-row.ts';
import { insertRow, updateRow } from '../dml/write-row.ts';
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import { isDeleted, type Row } from '../org/row.ts';
import { parseId } from '../org/salesforce-id.ts';
import { ApiError, apiError, notFound, refuseRow } from './api-error.ts';
import { type ApiHandler, type ApiRequest, type ApiResponse, jsonAnswer, noContent } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import { findObject, toDmlContext } from './dml-call.ts';
import { printRow } from './print-row.ts';
import { isTrue, readJson } from './read-body.ts';

export const createRowRoutes = (org: Org): Route[] => {
  const insert: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    const outcome = insertRow(toDmlContext(org, request), object, readJson(request));
    if (!outcome.success) throw refuseRow(outcome.errors, 'insert', org.quirks);
    return jsonAnswer({ id: outcome.id, success: true, errors: [] }, 201, {
      Location: `${request.basePath}/sobjects/${object.name}/${outcome.id}`,
    });
  };

  const read: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    return answerRow(org, request, object, findRow(org, object, params['id'] ?? ''));
  };

  const update: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    const outcome = updateRow(toDmlContext(org, request), object, params['id'] ?? '', readJson(request));
    if (!outcome.success) throw refuseRow(outcome.errors, 'update', org.quirks);
    return noContent();
  };

  const remove: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    const outcome = deleteRow(toDmlContext(org, request), object, params['id'] ?? '');
    if (!outcome.success) throw refuseRow(outcome.errors, 'delete', org.quirks);
    return noContent();
  };

  const readByField: ApiHandler = (request, params) => {
    const { object, field, value } = identify(org, request, params);
    const target = findUpsertTarget(toDmlContext(org, request), object, field, value);
    if (target.kind === 'none') throw notFound();
    if (target.kind === 'several') return severalAnswer(request, object, target.ids);
    return answerRow(org, request, object, findRow(org, object, target.id));
  };

  const upsert: ApiHandler = (request, params) => {
    const { object, field, value } = identify(org, request, params);
    const context = toDmlContext(org, request);
    const body = readJson(request);
    if (Object.keys(body).some((key) => key.toLowerCase() === field.name.toLowerCase())) {
      throw apiError(
        400,
        'INVALID_FIELD',
        `The ${field.name} field should not be specified in the sobject data.`,
      );
    }
    const target = findUpsertTarget(context, object, field, value);
    if (target.kind === 'several') return severalAnswer(request, object, target.ids);
    const outcome = upsertRow(
      context,
      object,
      field,
      { ...body, [field.name]: value },
      {
        updateOnly: isTrue(request.query.get('updateOnly')),
      },
    );
    return answerUpsert(org, outcome, target.kind === 'one' ? 'update' : 'insert');
  };

  const removeByField: ApiHandler = (request, params) => {
    const { object, field, value } = identify(org, request, params);
    const context = toDmlContext(org, request);
    const target = findUpsertTarget(context, object, field, value);
    if (target.kind === 'none') throw notFound();
    if (target.kind === 'several') return severalAnswer(request, object, target.ids);
    const outcome = deleteRow(context, object, target.id);
    if (!outcome.success) throw refuseRow(outcome.errors, 'delete', org.quirks);
    return noContent();
  };

  return [
    route('POST', '/sobjects/:object', insert),
    route('GET', '/sobjects/:object/:id', read),
    route('PATCH', '/sobjects/:object/:id', update),
    route('DELETE', '/sobjects/:object/:id', remove),
    route('GET', '/sobjects/:object/:field/:value', readByField),
    route('PATCH', '/sobjects/:object/:field/:value', upsert),
    route('DELETE', '/sobjects/:object/:field/:value', removeByField),
  ];
};

const findRow = (org: Org, object: ObjectDefinition, text: string): Row => {
  const id = parseId(text);
  if (id === null) {
    throw notFound('Provided external ID field does not exist or is not accessible: ' + text);
  }
  const row = org.table(object.name).get(id);
  if (row === undefined) throw notFound();
  if (isDeleted(row))
    throw new ApiError(404, [{ errorCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] }]);
  return row;
};

const answerRow = (org: Org, request: ApiRequest, object: ObjectDefinition, row: Row): ApiResponse => {
  const names = request.query.get('fields')?.split(',') ?? null;
  const visible = object.fields.filter((field) => request.caller.access.sees(object, field));
  const fields =
    names === null
      ? visible
      : names.map((name) => {
          const field = org.schema.findField(object, name.trim());
          if (field === undefined || !visible.includes(field)) {
            throw apiError(
              400,
              'INVALID_FIELD',
              `No such column '${name.trim()}' on entity '${object.name}'.`,
            );
          }
          return field;
        });
  return jsonAnswer(printRow(object, row, fields, request.basePath));
};

interface Identified {
  readonly object: ObjectDefinition;
  readonly field: Field;
  readonly value: string;
}

const identify = (org: Org, request: ApiRequest, params: Readonly<Record<string, string>>): Identified => {
  const object = findObject(org, request, params['object'] ?? '');
  const name = params['field'] ?? '';
  const field = findUpsertField(toDmlContext(org, request), object, name);
  if (field === null) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
  }
  return { object, field, value: params['value'] ?? '' };
};

/** 300: the value belongs to several records; the body lists where they live. */
const severalAnswer = (request: ApiRequest, object: ObjectDefinition, ids: readonly string[]): ApiResponse =>
  jsonAnswer(
    ids.map((id) => `${request.basePath}/sobjects/${object.name}/${id}`),
    300,
  );

const answerUpsert = (org: Org, outcome: DmlOutcome, operation: 'insert' | 'update'): ApiResponse => {
  if (!outcome.success) throw refuseRow(outcome.errors, operation, org.quirks);
  if (!outcome.created && org.quirks.upsertAnswer === 204) return noContent();
  return jsonAnswer(
    { id: outcome.id, success: true, errors: [], created: outcome.created },
    outcome.created ? 201 : 200,
  );
};
