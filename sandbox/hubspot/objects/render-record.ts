// Shows a record as the API answers it: the properties asked for, unknown names left out without a word.
import type { ObjectType } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { type HubRecord, versionsOf } from '#sandbox/hubspot/portal/record.ts';
import { formatTimestamp, toWireValue } from '#sandbox/hubspot/properties/stored-value.ts';

export interface RecordView {
  /** Empty for the type's few default properties. */
  readonly properties: readonly string[];
  readonly withHistory: readonly string[];
}

export const DEFAULT_VIEW: RecordView = { properties: [], withHistory: [] };

export const renderRecord = (
  portal: PortalState,
  type: ObjectType,
  record: HubRecord,
  { properties, withHistory }: RecordView,
): Record<string, unknown> => {
  const asked = properties.length === 0 ? type.defaultProperties : properties;
  const always = [type.createdProperty, type.modifiedProperty, 'hs_object_id'];
  return {
    id: record.id,
    properties: valuesOf(portal, type, record, [...always, ...asked, ...withHistory]),
    ...(withHistory.length === 0
      ? {}
      : { propertiesWithHistory: historyOf(portal, type, record, withHistory) }),
    createdAt: formatTimestamp(record.createdAtMs),
    updatedAt: formatTimestamp(record.updatedAtMs),
    archived: record.archivedAtMs !== null,
    ...(record.archivedAtMs === null ? {} : { archivedAt: formatTimestamp(record.archivedAtMs) }),
    url: `https://app.hubspot.com/contacts/${portal.id}/record/${type.id}/${record.id}`,
  };
};

/** The answer to a write names what was written besides the defaults. */
export const renderWritten = (
  portal: PortalState,
  type: ObjectType,
  record: HubRecord,
  writtenNames: readonly string[],
): Record<string, unknown> =>
  renderRecord(portal, type, record, {
    properties: [...type.defaultProperties, ...writtenNames],
    withHistory: [],
  });

const valuesOf = (
  portal: PortalState,
  type: ObjectType,
  record: HubRecord,
  names: readonly string[],
): Record<string, string | null> => {
  const values: [string, string | null][] = [];
  for (const name of new Set(names)) {
    const definition = portal.properties[type.name].find(name);
    if (definition === null) continue;
    const stored = record.values.get(name);
    values.push([name, stored === undefined ? null : toWireValue(definition, stored)]);
  }
  return Object.fromEntries(values);
};

const historyOf = (
  portal: PortalState,
  type: ObjectType,
  record: HubRecord,
  names: readonly string[],
): Record<string, readonly unknown[]> => {
  const histories: [string, readonly unknown[]][] = [];
  for (const name of new Set(names)) {
    const definition = portal.properties[type.name].find(name);
    if (definition === null) continue;
    const versions = versionsOf(record, name).map(({ value, atMs, actor }) => ({
      value: value === '' ? '' : toWireValue(definition, value),
      timestamp: formatTimestamp(atMs),
      sourceType: actor.sourceType,
      sourceId: actor.sourceId,
      ...(actor.userId === null ? {} : { updatedByUserId: actor.userId }),
    }));
    histories.push([name, versions]);
  }
  return Object.fromEntries(histories);
};
