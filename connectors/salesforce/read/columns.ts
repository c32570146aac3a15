// Decides which columns a pull selects and how each value becomes ours, so that REST and Bulk give identical records.
import { ConfigError } from '#errors/errors.ts';
import type { CrmValue } from '#ports/crm.ts';
import { missingFields, missingObject } from '../errors.ts';
import { type DescribedField, type DescribedObject, findField } from '../schema/describe-answer.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';
import { toValue } from './to-value.ts';

export interface Column {
  /** As the mapping asks for it, and as the record carries it. */
  readonly asked: string;
  /** As Salesforce spells it, with dots through parents. */
  readonly path: string;
  readonly type: string;
}

export interface Table {
  readonly name: string;
  /** What the caller asked for. */
  readonly columns: readonly Column[];
  /** The stamp to order and page by; null when the object has none that can be filtered. */
  readonly stamp: 'SystemModstamp' | 'LastModifiedDate' | 'CreatedDate' | null;
  readonly hasDeleted: boolean;
  readonly hasMaster: boolean;
  /** Our own echoes can be told from other people's edits. */
  readonly hasLastModifiedBy: boolean;
  /** Distinct paths, system fields first. */
  readonly select: readonly string[];
}

// Formulas and roll-ups move none of them; automation moves only the first.
const STAMPS = ['SystemModstamp', 'LastModifiedDate', 'CreatedDate'] as const;

// Bulk refuses them and a record has one value a field: their parts are fields of their own.
const COMPOUND_TYPES = new Set(['address', 'location']);

export interface TableRequest {
  readonly connection: string;
  readonly crmObject: string;
  readonly fields: readonly string[];
}

/** Throws ConfigError that names the object or every field that the org lacks or hides. */
export const resolveTable = async (
  schema: SchemaReader,
  { connection, crmObject, fields }: TableRequest,
): Promise<Table> => {
  const object = await schema.describe(crmObject);
  if (object === null) throw missingObject(connection, crmObject);
  const columns: Column[] = [];
  const missing: string[] = [];
  for (const asked of new Set(fields)) {
    const resolved = await resolvePath(schema, object, asked.split('.'));
    if (resolved === null) {
      missing.push(asked);
      continue;
    }
    if (COMPOUND_TYPES.has(resolved.type))
      throw new ConfigError(`${connection}: ${crmObject}.${asked} is a compound field`, {
        next: 'Map its parts instead, such as BillingCity and BillingCountry.',
      });
    columns.push({ asked, ...resolved });
  }
  if (missing.length > 0) throw missingFields(connection, crmObject, missing);

  const has = (name: string): boolean => findField(object, name) !== undefined;
  const stamp = STAMPS.find((name) => findField(object, name)?.filterable === true) ?? null;
  const system = [
    'Id',
    stamp,
    has('IsDeleted') ? 'IsDeleted' : null,
    has('MasterRecordId') ? 'MasterRecordId' : null,
  ];
  const select = new Set([...system.filter((name) => name !== null), ...columns.map(({ path }) => path)]);
  return {
    name: object.name,
    columns,
    stamp,
    hasDeleted: has('IsDeleted'),
    hasMaster: has('MasterRecordId'),
    hasLastModifiedBy: findField(object, 'LastModifiedById')?.filterable === true,
    select: [...select],
  };
};

const resolvePath = async (
  schema: SchemaReader,
  object: DescribedObject,
  steps: readonly string[],
): Promise<{ path: string; type: string } | null> => {
  const [first = '', ...rest] = steps;
  if (rest.length === 0) {
    const field = findField(object, first);
    return field === undefined ? null : { path: field.name, type: field.type };
  }
  const lookup = findRelationship(object, first);
  if (lookup === null) return null;
  for (const target of parentsOf(lookup)) {
    const parent = await schema.describe(target);
    const found = parent === null ? null : await resolvePath(schema, parent, rest);
    if (found !== null)
      return { path: `${lookup.relationshipName ?? first}.${found.path}`, type: found.type };
  }
  return null;
};

const findRelationship = (object: DescribedObject, name: string): DescribedField | null => {
  const wanted = name.toLowerCase();
  for (const field of object.fields.values()) {
    if (field.relationshipName?.toLowerCase() === wanted) return field;
  }
  return null;
};

// An owner may be a queue or a user; what is asked of owners is nearly always a user's field.
const parentsOf = (lookup: DescribedField): readonly string[] =>
  lookup.referenceTo.toSorted((left, right) => Number(right === 'User') - Number(left === 'User'));

/** Reads one value by its column, from either API. */
export const readColumn = (column: Column, raw: unknown): CrmValue => toValue(column.type, raw);
