// What tests, the demo and people may do to a portal from outside its API: act as a person in HubSpot's screens,
// merge, archive, break single rows. Every change made here is seen by the API like any other.
import { associate, dissociate } from '#sandbox/hubspot/associations/associate.ts';
import {
  associationTypesBetween,
  plainAssociationType,
} from '#sandbox/hubspot/associations/association-types.ts';
import { livePairs } from '#sandbox/hubspot/associations/live-pairs.ts';
import { toWireValue } from '#sandbox/hubspot/properties/stored-value.ts';
import {
  archiveRecord,
  changeRecord,
  createRecord,
  restoreRecord,
  touchAllRecords,
} from './change-record.ts';
import { mergeRecords } from './merge-records.ts';
import { findObjectType, type ObjectType, type ObjectTypeName } from './object-types.ts';
import type { Owner } from './owner-list.ts';
import type { PortalState } from './portal-state.ts';
import { type HubRecord, personActor } from './record.ts';
import type { RowRefusal } from './row-refusals.ts';
import { storeAsPerson } from './store-as-person.ts';
import type { ConditionalRule } from './write-rules.ts';

interface PortalRecord {
  readonly id: string;
  /** As on the wire; a property without a value is not there. */
  readonly properties: Readonly<Record<string, string>>;
  readonly archived: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface RecordRef {
  readonly type: string;
  readonly id: string;
}

interface Association {
  readonly id: string;
  readonly typeIds: readonly number[];
}

type Values = Readonly<Record<string, unknown>>;

export interface HubspotPortal {
  readonly id: number;
  /** Live records in id order. Types are `companies`, `company` or `0-2`, here and everywhere below. */
  records(type: string): readonly PortalRecord[];
  archivedRecords(type: string): readonly PortalRecord[];
  /** A merged-away id finds the record it went into; null when there is none. */
  record(type: string, id: string): PortalRecord | null;
  /** Makes a record as a person would; values HubSpot calculates itself may be given too. */
  insert(type: string, properties: Values): PortalRecord;
  editAsHuman(type: string, id: string, properties: Values): PortalRecord;
  archive(type: string, id: string): void;
  restore(type: string, id: string): void;
  /** Gives every live record one and the same modification date, as HubSpot's month-end jobs do. */
  touchAll(type: string): void;
  /** Both records give way to a new one with a new id, which is returned. */
  merge(type: string, primaryId: string, otherId: string): PortalRecord;
  /** Without a label, or with one such as `Primary` or `Child Company`. */
  associate(from: RecordRef, to: RecordRef, label?: string): void;
  dissociate(from: RecordRef, to: RecordRef): void;
  associations(from: RecordRef, toType: string): readonly Association[];
  owners(): readonly Owner[];
  putOwner(owner: Owner): void;
  setOwnerActive(ownerId: string, active: boolean): void;
  /** Lets search see everything written so far. */
  settleIndex(): void;
  /** Refuses the next matching write of a row. */
  refuseRow(refusal: RowRefusal): void;
  clearRefusals(): void;
  /** Rules an admin set: held against API writes by version 2026-09. */
  requireOnCreate(type: string, properties: readonly string[]): void;
  requireWhen(type: string, rule: ConditionalRule): void;
  /** A workflow uses the property: it cannot be archived. */
  usePropertyInWorkflow(property: string): void;
  /** Ends every token given out so far: 401 until the OAuth app refreshes. */
  expireToken(): void;
  grantScope(scope: string): void;
  revokeScope(scope: string): void;
}

/** The user id of the person who edits when a test says nothing else. */
const PERSON = personActor(7_000_000);

type RecordActs = Omit<HubspotPortal, 'expireToken' | 'grantScope' | 'revokeScope'>;

export const createPortalHandle = (
  portal: PortalState,
  access: Pick<HubspotPortal, 'expireToken' | 'grantScope' | 'revokeScope'>,
): HubspotPortal => ({ ...createRecordActs(portal), ...access });

const createRecordActs = (portal: PortalState): RecordActs => {
  const requireRecord = (type: ObjectType, id: string): HubRecord => {
    const record = portal.tables[type.name].find(id);
    if (record === null) throw new Error(`no ${type.singular} has the id ${id}`);
    return record;
  };
  const show = (type: ObjectType, record: HubRecord): PortalRecord =>
    toPortalRecord(portal, type.name, record);
  const list = (name: string, archived: boolean): readonly PortalRecord[] => {
    const type = requireType(name);
    return portal.tables[type.name]
      .all()
      .filter((record) => (record.archivedAtMs !== null) === archived)
      .map((record) => show(type, record));
  };

  return {
    id: portal.id,
    records: (name) => list(name, false),
    archivedRecords: (name) => list(name, true),
    record(name, id) {
      const type = requireType(name);
      const record = portal.tables[type.name].find(id);
      return record === null ? null : show(type, record);
    },
    insert(name, properties) {
      const type = requireType(name);
      const changes = storeAsPerson(portal, type.name, properties);
      const values = new Map([...changes].flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
      return show(type, createRecord(portal, type.name, values, PERSON));
    },
    editAsHuman(name, id, properties) {
      const type = requireType(name);
      const record = requireRecord(type, id);
      changeRecord(portal, type.name, record, storeAsPerson(portal, type.name, properties), PERSON);
      return show(type, record);
    },
    archive(name, id) {
      const type = requireType(name);
      archiveRecord(portal, type.name, requireRecord(type, id));
    },
    restore(name, id) {
      const type = requireType(name);
      restoreRecord(portal, type.name, requireRecord(type, id));
    },
    touchAll(name) {
      touchAllRecords(portal, requireType(name).name);
    },
    merge(name, primaryId, otherId) {
      const type = requireType(name);
      const primary = requireRecord(type, primaryId);
      const other = requireRecord(type, otherId);
      if (primary === other) throw new Error('a record cannot be merged with itself');
      return show(type, mergeRecords(portal, type.name, primary, other));
    },
    associate(from, to, label) {
      const [fromType, toType] = [requireType(from.type), requireType(to.type)];
      const type =
        label === undefined
          ? plainAssociationType(fromType.name, toType.name)
          : associationTypesBetween(fromType.name, toType.name).find((known) => known.label === label);
      if (type === null || type === undefined)
        throw new Error(`no such association: ${fromType.name} to ${toType.name} ${label ?? ''}`);
      associate(portal, type, requireRecord(fromType, from.id).id, requireRecord(toType, to.id).id);
    },
    dissociate(from, to) {
      dissociate(portal, requireType(from.type).name, from.id, requireType(to.type).name, to.id);
    },
    associations(from, toName) {
      const fromType = requireType(from.type);
      const record = requireRecord(fromType, from.id);
      return livePairs(portal, fromType.name, record.id, requireType(toName).name).map(({ id, typeIds }) => ({
        id,
        typeIds: [...typeIds],
      }));
    },
    owners: () => [...portal.owners.list(false), ...portal.owners.list(true)],
    putOwner(owner) {
      portal.owners.put(owner);
    },
    setOwnerActive(ownerId, active) {
      const owner = portal.owners.find(ownerId);
      if (owner === null) throw new Error(`no owner has the id ${ownerId}`);
      portal.owners.put({ ...owner, archived: !active, updatedAtMs: portal.now() });
    },
    settleIndex() {
      portal.index.settle();
    },
    refuseRow(refusal) {
      portal.refusals.add(refusal);
    },
    clearRefusals() {
      portal.refusals.clear();
    },
    requireOnCreate(name, properties) {
      portal.rules.requireOnCreate(requireType(name).name, properties);
    },
    requireWhen(name, rule) {
      portal.rules.requireWhen(requireType(name).name, rule);
    },
    usePropertyInWorkflow(property) {
      portal.propertiesInUse.add(property);
    },
  };
};

const requireType = (name: string): ObjectType => {
  const type = findObjectType(name);
  if (type === null) throw new Error(`the sandbox has no object type ${name}`);
  return type;
};

const toPortalRecord = (portal: PortalState, type: ObjectTypeName, record: HubRecord): PortalRecord => ({
  id: record.id,
  properties: Object.fromEntries(
    [...record.values].map(([name, stored]) => {
      const definition = portal.properties[type].find(name);
      return [name, definition === null ? stored : toWireValue(definition, stored)];
    }),
  ),
  archived: record.archivedAtMs !== null,
  createdAt: new Date(record.createdAtMs),
  updatedAt: new Date(record.updatedAtMs),
});
