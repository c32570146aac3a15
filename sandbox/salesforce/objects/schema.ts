// Every object of the org, found by name as Salesforce finds them: case does not matter. Metadata calls add to it.
import { defineAccount } from './account.ts';
import { ACTIVITY_OBJECTS, defineEvent, defineTask } from './activity.ts';
import { defineCampaign, defineCampaignMember } from './campaign.ts';
import { defineContact } from './contact.ts';
import { currencyField } from './currency-field.ts';
import type { Field } from './field.ts';
import { defineLead } from './lead.ts';
import type { ObjectDefinition, RecordType } from './object-definition.ts';
import { defineOpportunity, defineOpportunityContactRole } from './opportunity.ts';
import { definePermissionObjects } from './permission-objects.ts';
import { defineSetupObjects } from './setup-objects.ts';

/** A field of some other object that refers to this one. */
export interface IncomingReference {
  readonly object: ObjectDefinition;
  readonly field: Field;
}

export interface Schema {
  /** Moves with every change, so that what is derived from the schema can be cached. */
  readonly version: number;
  /** When an object's describe last changed. */
  changedAt(objectName: string): Date;
  objects(): readonly ObjectDefinition[];
  find(objectName: string): ObjectDefinition | undefined;
  findField(object: ObjectDefinition, fieldName: string): Field | undefined;
  findByPrefix(keyPrefix: string): ObjectDefinition | undefined;
  references(objectName: string): readonly IncomingReference[];
  addObject(object: ObjectDefinition): void;
  removeObject(objectName: string): void;
  /** Adds the field or replaces the one of that name; on `Activity`, on Task and Event. */
  putField(objectName: string, field: Field): void;
  removeField(objectName: string, fieldName: string): void;
  addRecordType(objectName: string, recordType: RecordType): void;
}

export interface SchemaOptions {
  readonly now: () => Date;
  /** Adds CurrencyIsoCode with these currencies; a single-currency org has no such field. */
  readonly currencies: readonly string[] | null;
}

export const expandActivity = (objectName: string): readonly string[] =>
  objectName.toLowerCase() === 'activity' ? ACTIVITY_OBJECTS : [objectName];

const withFieldIn = (object: ObjectDefinition, field: Field): ObjectDefinition => {
  const name = field.name.toLowerCase();
  const known = object.fields.some((other) => other.name.toLowerCase() === name);
  return {
    ...object,
    fields: known
      ? object.fields.map((other) => (other.name.toLowerCase() === name ? field : other))
      : [...object.fields, field],
  };
};

export const createSchema = ({ now, currencies }: SchemaOptions): Schema => {
  const byName = new Map<string, ObjectDefinition>();
  const fieldsByObject = new WeakMap<ObjectDefinition, ReadonlyMap<string, Field>>();
  const changes = new Map<string, Date>();
  const startedAt = now();
  let referencesByObject: Map<string, IncomingReference[]> | null = null;
  let version = 0;

  const store = (object: ObjectDefinition): void => {
    byName.set(object.name.toLowerCase(), object);
    changes.set(object.name.toLowerCase(), now());
    referencesByObject = null;
    version += 1;
  };

  const change = (objectName: string, alter: (object: ObjectDefinition) => ObjectDefinition): void => {
    for (const name of expandActivity(objectName)) {
      const object = byName.get(name.toLowerCase());
      if (object !== undefined) store(alter(object));
    }
  };

  const collectReferences = (): Map<string, IncomingReference[]> => {
    const found = new Map<string, IncomingReference[]>();
    for (const object of byName.values()) {
      for (const field of object.fields) {
        for (const target of field.referenceTo) {
          const list = found.get(target.toLowerCase()) ?? [];
          list.push({ object, field });
          found.set(target.toLowerCase(), list);
        }
      }
    }
    return found;
  };

  const money = currencies === null ? [] : [currencyField(currencies)];
  const standard = [
    defineAccount(),
    defineContact(),
    defineLead(),
    defineOpportunity(),
    defineCampaign(),
    defineTask(),
    defineEvent(),
  ].map((object) => ({ ...object, fields: [...object.fields, ...money] }));
  for (const object of [
    ...standard,
    defineOpportunityContactRole(),
    defineCampaignMember(),
    ...defineSetupObjects(),
    ...definePermissionObjects(),
  ]) {
    store(object);
  }

  return {
    get version() {
      return version;
    },
    changedAt: (objectName) => changes.get(objectName.toLowerCase()) ?? startedAt,
    objects: () => [...byName.values()],
    find: (objectName) => byName.get(objectName.toLowerCase()),
    findField(object, fieldName) {
      let fields = fieldsByObject.get(object);
      if (fields === undefined) {
        fields = new Map(object.fields.map((field) => [field.name.toLowerCase(), field]));
        fieldsByObject.set(object, fields);
      }
      return fields.get(fieldName.toLowerCase());
    },
    findByPrefix(keyPrefix) {
      for (const object of byName.values()) if (object.keyPrefix === keyPrefix) return object;
      return undefined;
    },
    references(objectName) {
      referencesByObject ??= collectReferences();
      return referencesByObject.get(objectName.toLowerCase()) ?? [];
    },
    addObject(object) {
      store({ ...object, fields: [...object.fields, ...money] });
    },
    removeObject(objectName) {
      byName.delete(objectName.toLowerCase());
      referencesByObject = null;
      version += 1;
    },
    putField(objectName, field) {
      change(objectName, (object) => withFieldIn(object, field));
    },
    removeField(objectName, fieldName) {
      const name = fieldName.toLowerCase();
      change(objectName, (object) => ({
        ...object,
        fields: object.fields.filter((field) => field.name.toLowerCase() !== name),
      }));
    },
    addRecordType(objectName, recordType) {
      change(objectName, (object) => ({ ...object, recordTypes: [...object.recordTypes, recordType] }));
    },
  };
};
