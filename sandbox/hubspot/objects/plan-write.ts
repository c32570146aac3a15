// Checks one creation or change wholly and returns what carries it out: nothing happens before that is called.
import { ApiFailure } from '#sandbox/hubspot/answers/api-failure.ts';
import { type ApiVersion, enforcesAdminRules } from '#sandbox/hubspot/answers/api-version.ts';
import { invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject, type JsonObject } from '#sandbox/hubspot/answers/read-request.ts';
import { associate } from '#sandbox/hubspot/associations/associate.ts';
import { readNewAssociations } from '#sandbox/hubspot/associations/read-new-associations.ts';
import { changeRecord, createRecord } from '#sandbox/hubspot/portal/change-record.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { type HubRecord, INTEGRATION_ACTOR, type RecordValues } from '#sandbox/hubspot/portal/record.ts';
import { checkProperties } from './check-properties.ts';
import { type Claims, checkUnique } from './check-unique.ts';

export interface WriteContext {
  readonly portal: PortalState;
  readonly type: ObjectType;
  readonly version: ApiVersion;
  readonly claims: Claims;
}

/** `input` is a creation's body: properties, and associations if any. */
export const planCreate = (context: WriteContext, input: JsonObject): (() => HubRecord) => {
  const { portal, type } = context;
  const properties = propertiesOf(input);
  portal.refusals.check(type.name, null, properties);
  const changes = checkProperties(portal, type, input['properties'], null);
  const values = new Map([...changes].flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  checkRequired(type, values);
  checkAdminRules(context, values, true);
  const links = readNewAssociations(portal, type.name, input['associations']);
  checkUnique(portal, type, changes, null, context.claims);
  return () => {
    const record = createRecord(portal, type.name, values, INTEGRATION_ACTOR);
    for (const { association, toId } of links) associate(portal, association, record.id, toId);
    return record;
  };
};

export const planUpdate = (
  context: WriteContext,
  record: HubRecord,
  input: JsonObject,
): (() => HubRecord) => {
  const { portal, type } = context;
  portal.refusals.check(type.name, record.id, propertiesOf(input));
  const changes = checkProperties(portal, type, input['properties'], record);
  const after = new Map(record.values);
  for (const [name, value] of changes) {
    if (value === null) after.delete(name);
    else after.set(name, value);
  }
  checkAdminRules(context, after, false);
  checkUnique(portal, type, changes, record, context.claims);
  return () => {
    changeRecord(portal, type.name, record, changes, INTEGRATION_ACTOR);
    return record;
  };
};

const propertiesOf = (input: JsonObject): JsonObject =>
  isJsonObject(input['properties']) ? input['properties'] : {};

/** An activity without a date is refused in every version. */
const checkRequired = (type: ObjectType, values: RecordValues): void => {
  if (type.name !== 'tasks' && type.name !== 'notes') return;
  if (values.has('hs_timestamp')) return;
  throw new ApiFailure({
    status: 400,
    category: 'VALIDATION_ERROR',
    message: `Error creating ${type.singular.toUpperCase()}. Some required properties were not set.`,
    context: { properties: ['hs_timestamp'] },
  });
};

const checkAdminRules = (
  { portal, type, version }: WriteContext,
  values: RecordValues,
  creates: boolean,
): void => {
  if (!enforcesAdminRules(version)) return;
  const missing = creates ? portal.rules.missingOnCreate(type.name, values) : [];
  if (missing.length > 0) throw missingRequired('MISSING_REQUIRED_PROPERTY', missing);
  const conditional = portal.rules.missingByCondition(type.name, values);
  if (conditional.length > 0) throw missingRequired('MISSING_CONDITIONAL_REQUIRED_PROPERTY', conditional);
};

const missingRequired = (code: string, names: readonly string[]): ApiFailure =>
  invalidRequest(
    `Required properties were not set: ${names.join(', ')}`,
    names.map((name) => ({
      message: `The property "${name}" is required.`,
      code,
      context: { propertyName: [name] },
    })),
  );
