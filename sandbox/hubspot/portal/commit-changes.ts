// Puts checked values on a record: dates, history, unique holders and the search index follow.
// It refuses nothing and touches no other record.
import { deriveValues } from './derived-values.ts';
import { type ObjectTypeName, objectType } from './object-types.ts';
import type { PortalState } from './portal-state.ts';
import { type Actor, type HubRecord, type PropertyVersion, type RecordValues, versionsOf } from './record.ts';
import { claimUniqueValues, releaseUniqueValues } from './unique-claims.ts';

/** Property name → new stored text, or null to clear. */
export type Changes = ReadonlyMap<string, string | null>;

/** HubSpot keeps more; nobody here reads further back. */
const HISTORY_LIMIT = 20;

/** True when anything changed: writing what stands there already leaves the modification date alone. */
export const commitChanges = (
  portal: PortalState,
  type: ObjectTypeName,
  record: HubRecord,
  changes: Changes,
  actor: Actor,
): boolean => {
  const nowMs = portal.now();
  const next = new Map(record.values);
  applyTo(next, changes);
  applyTo(next, deriveValues(type, next, record.values, nowMs));
  const changed = differences(record.values, next);
  if (changed.size === 0) return false;

  next.set(objectType(type).modifiedProperty, String(nowMs));
  if (actor.userId !== null) next.set('hs_updated_by_user_id', String(actor.userId));
  releaseUniqueValues(portal, type, record);
  record.history = withVersions(record, changed, nowMs, actor);
  record.values = next;
  claimUniqueValues(portal, type, record);
  record.updatedAtMs = nowMs;
  portal.index.note(record);
  return true;
};

export const addRecord = (
  portal: PortalState,
  type: ObjectTypeName,
  values: RecordValues,
  actor: Actor,
  times: { readonly createdAtMs: number; readonly updatedAtMs: number },
): HubRecord => {
  const { createdProperty, modifiedProperty } = objectType(type);
  const order = portal.ids.next(type);
  const all = new Map(values);
  applyTo(all, deriveValues(type, all, null, times.updatedAtMs));
  all.set('hs_object_id', String(order));
  all.set(createdProperty, String(times.createdAtMs));
  all.set(modifiedProperty, String(times.updatedAtMs));
  all.set('hs_object_source', actor.sourceType);
  all.set('hs_object_source_id', actor.sourceId);
  const record: HubRecord = {
    id: String(order),
    order,
    madeBy: actor,
    values: all,
    indexed: null,
    createdAtMs: times.createdAtMs,
    updatedAtMs: times.updatedAtMs,
    archivedAtMs: null,
    history: new Map(),
  };
  portal.tables[type].add(record);
  claimUniqueValues(portal, type, record);
  return record;
};

const applyTo = (values: Map<string, string>, changes: Changes): void => {
  for (const [name, value] of changes) {
    if (value === null) values.delete(name);
    else values.set(name, value);
  }
};

const differences = (before: RecordValues, after: RecordValues): Changes => {
  const changed = new Map<string, string | null>();
  for (const [name, value] of after) if (before.get(name) !== value) changed.set(name, value);
  for (const name of before.keys()) if (!after.has(name)) changed.set(name, null);
  return changed;
};

const withVersions = (
  record: HubRecord,
  changed: Changes,
  atMs: number,
  actor: Actor,
): HubRecord['history'] => {
  const next = new Map(record.history);
  for (const [name, value] of changed) {
    const version: PropertyVersion = { value: value ?? '', atMs, actor };
    next.set(name, [version, ...versionsOf(record, name)].slice(0, HISTORY_LIMIT));
  }
  return next;
};
