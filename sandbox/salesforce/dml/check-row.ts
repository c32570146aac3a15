// Everything that can be wrong with a row once its values are typed, in the order the platform looks:
// what is missing, what it points to, its record type, uniqueness, then the admin's own rules.
import { isRequired } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import { idOf, type Row } from '../org/row.ts';
import { checkReferences } from './check-references.ts';
import { checkUnique, findByField } from './check-unique.ts';
import type { DmlContext } from './dml-context.ts';
import { type DmlError, dmlError, requiredMissing } from './dml-error.ts';
import type { Changes } from './read-input.ts';

/** `row` already holds the changes; `previous` is null for a new row. */
export const checkRow = (
  context: DmlContext,
  object: ObjectDefinition,
  row: Row,
  previous: Row | null,
  changes: Changes,
): readonly DmlError[] => {
  const { org } = context;
  const changed = new Set(Object.keys(changes));

  const missing = object.fields.filter(
    (field) =>
      (row[field.name] ?? null) === null &&
      !field.nillable &&
      (previous === null ? isRequired(field) || changed.has(field.name) : changed.has(field.name)),
  );
  if (missing.length > 0) return [requiredMissing(missing.map((field) => field.name))];

  const eventProblem = object.name === 'Event' ? checkEventTimes(row) : null;
  if (eventProblem !== null) return [eventProblem];

  for (const errors of [
    checkReferences(org, object, changes),
    checkRecordTypeValues(object, row, changed),
    checkUnique(
      org,
      object,
      row,
      previous === null ? new Set(object.fields.map((one) => one.name)) : changed,
    ),
    org.rules.validate(object.name, row, previous),
    checkDuplicateRules(context, object, row, changed),
  ]) {
    if (errors.length > 0) return errors;
  }
  return [];
};

const checkEventTimes = (row: Row): DmlError | null => {
  if ((row['StartDateTime'] ?? row['ActivityDateTime'] ?? null) === null) {
    return requiredMissing(['ActivityDateTime']);
  }
  return (row['DurationInMinutes'] ?? row['EndDateTime'] ?? null) === null
    ? requiredMissing(['DurationInMinutes'])
    : null;
};

// A value that is active on the field but not offered to the row's record type is refused like an unknown one.
const checkRecordTypeValues = (
  object: ObjectDefinition,
  row: Row,
  changed: ReadonlySet<string>,
): DmlError[] => {
  const recordType = object.recordTypes.find((type) => type.id === row['RecordTypeId']);
  if (recordType === undefined) return [];
  const errors: DmlError[] = [];
  for (const [name, allowed] of Object.entries(recordType.picklists)) {
    const field = object.fields.find((one) => one.name === name);
    const value = row[name];
    if (field?.restrictedPicklist !== true || !changed.has(name) || typeof value !== 'string') continue;
    if (allowed.includes(value)) continue;
    errors.push(
      dmlError(
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        `${field.label}: bad value for restricted picklist field: ${value}`,
        [name],
      ),
    );
  }
  return errors;
};

const checkDuplicateRules = (
  { org, allowDuplicates }: DmlContext,
  object: ObjectDefinition,
  row: Row,
  changed: ReadonlySet<string>,
): DmlError[] => {
  for (const rule of org.rules.duplicateRulesOf(object.name)) {
    if (!changed.has(rule.field) || (rule.action === 'alert' && allowDuplicates === true)) continue;
    const field = org.schema.findField(object, rule.field);
    if (field === undefined) continue;
    const others = findByField(org, object, field, row[field.name] ?? null);
    if (others.some((other) => idOf(other) !== idOf(row))) {
      return [dmlError('DUPLICATES_DETECTED', 'Use one of these records?')];
    }
  }
  return [];
};
