// Decides whether the properties of a write may be set, and turns them into stored values.
// Uniqueness is checked elsewhere: it needs the other rows of a batch.
import { invalidJson } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject } from '#sandbox/hubspot/answers/read-request.ts';
import type { Changes } from '#sandbox/hubspot/portal/commit-changes.ts';
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import type { HubRecord } from '#sandbox/hubspot/portal/record.ts';
import { LIFECYCLE_STAGES } from '#sandbox/hubspot/properties/catalogue/shared.ts';
import { checkValue } from '#sandbox/hubspot/properties/check-value.ts';
import type { PropertyDefinition } from '#sandbox/hubspot/properties/definition.ts';
import { invalidValues, type PropertyProblem } from '#sandbox/hubspot/properties/property-problem.ts';

/** `record` is null for a creation. Throws one failure that names every bad property. */
export const checkProperties = (
  portal: PortalState,
  type: ObjectType,
  properties: unknown,
  record: HubRecord | null,
): Changes => {
  if (properties !== undefined && properties !== null && !isJsonObject(properties))
    throw invalidJson('properties must be an object');
  const changes = new Map<string, string | null>();
  const problems: PropertyProblem[] = [];
  for (const [name, raw] of Object.entries(properties ?? {})) {
    const outcome = checkOne(portal, type, name, raw, record);
    if ('problem' in outcome) problems.push(outcome.problem);
    else if (outcome.stored !== undefined) changes.set(name, outcome.stored);
  }
  if (problems.length > 0) throw invalidValues(portal.id, problems);
  return changes;
};

/** `undefined` leaves the value as it is: HubSpot ignores some writes without a word. */
type Outcome = { readonly problem: PropertyProblem } | { readonly stored: string | null | undefined };

const checkOne = (
  portal: PortalState,
  type: ObjectType,
  name: string,
  raw: unknown,
  record: HubRecord | null,
): Outcome => {
  const definition = portal.properties[type.name].find(name);
  if (definition === null) {
    const message = `Property "${name}" does not exist`;
    return { problem: { name, code: 'PROPERTY_DOESNT_EXIST', message } };
  }
  if (definition.readOnlyValue) {
    const message = `"${name}" is a read only property; its value cannot be set.`;
    return { problem: { name, code: 'READ_ONLY_VALUE', message } };
  }
  const checked = checkValue(definition, normalise(definition, readText(name, raw)), {
    current: record?.values.get(name) ?? null,
    ownerExists: (ownerId) => portal.owners.find(ownerId) !== null,
  });
  if ('problem' in checked) return checked;
  if (name === 'associatedcompanyid' && isUnknownCompany(portal, checked.stored)) {
    const message = `Company with ID ${checked.stored} does not exist`;
    return { problem: { name, code: 'INVALID_COMPANY_ID', message } };
  }
  if (name === 'lifecyclestage' && movesBack(record?.values.get(name), checked.stored))
    return { stored: undefined };
  return checked;
};

const readText = (name: string, raw: unknown): string => {
  if (raw === null) return '';
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'number' || typeof raw === 'boolean') return String(raw);
  throw invalidJson(`the value of ${name} must be a string`);
};

// HubSpot keeps the bare host of a company's domain, whatever was pasted.
const normalise = ({ name }: PropertyDefinition, value: string): string =>
  name === 'domain'
    ? value
        .trim()
        .toLowerCase()
        .replace(/^[a-z]+:\/\//u, '')
        .replace(/^www\./u, '')
        .replace(/[/?#].*$/u, '')
    : value;

const isUnknownCompany = (portal: PortalState, id: string | null): boolean => {
  if (id === null) return false;
  const company = portal.tables.companies.find(id);
  return company === null || company.archivedAtMs !== null;
};

// Going back needs the stage cleared first; a direct write answers 200 and changes nothing.
const movesBack = (current: string | undefined, next: string | null): boolean => {
  if (current === undefined || next === null) return false;
  const stages: readonly string[] = LIFECYCLE_STAGES;
  return stages.indexOf(next) < stages.indexOf(current);
};
