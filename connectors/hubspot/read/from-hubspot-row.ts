// HubSpot's row → the port's raw record: typed values, the stamp that search filters by, merges. Makes no call.
import type { CrmFields, CrmValue, RawRecord } from '#ports/crm.ts';
import type { HubspotRow } from '../call/answers.ts';
import { MERGED_IDS_PROPERTY } from '../object-types.ts';
import { fromHubspotValue, toIsoUtc } from '../values.ts';
import { associatedObject, type ReadPlan } from './read-plan.ts';

/** Ids of associated records by object (`companies`), the primary one first. */
export type AssociatedIds = Readonly<Record<string, readonly string[]>>;

export function fromHubspotRow(row: HubspotRow, plan: ReadPlan, associated: AssociatedIds = {}): RawRecord {
  return {
    id: row.id,
    fields: readFields(row, plan, associated),
    modifiedAt: modifiedAtOf(row, plan),
    deleted: row.archived === true,
    mergedInto: null,
    mergedIds: mergedIdsOf(row),
  };
}

/** A record that is no longer there, of which nothing but its end is known. */
export function asDeleted(id: string, plan: ReadPlan, mergedInto: string | null = null): RawRecord {
  const fields: Record<string, CrmValue> = {};
  for (const field of plan.fields) fields[field] = null;
  return { id, fields, modifiedAt: null, deleted: true, mergedInto, mergedIds: [] };
}

export function mergedIdsOf(row: HubspotRow): readonly string[] {
  const ids = textOf(row.properties[MERGED_IDS_PROPERTY])?.split(';') ?? [];
  return ids.map((id) => id.trim()).filter((id) => id !== '' && id !== row.id);
}

// The property is what search filters by; `updatedAt` may move without it.
const modifiedAtOf = (row: HubspotRow, plan: ReadPlan): string | null =>
  (row.archived === true ? toIsoUtc(row.archivedAt) : null) ??
  toIsoUtc(textOf(row.properties[plan.type.modifiedProperty])) ??
  toIsoUtc(row.updatedAt);

const readFields = (row: HubspotRow, plan: ReadPlan, associated: AssociatedIds): CrmFields => {
  const fields: Record<string, CrmValue> = {};
  for (const field of plan.fields) {
    const object = associatedObject(field);
    if (object === null) {
      fields[field] = fromHubspotValue(textOf(row.properties[field]), plan.kindOf(field));
    } else {
      const ids = associated[object] ?? [];
      fields[field] = ids.length === 0 ? null : ids.join(';');
    }
  }
  return fields;
};

const textOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
};
