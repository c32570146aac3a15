// Finds what a dotted path means for the user who asks, and how to read it off a row.
import { type Field, isCompound, readField } from '../objects/field.ts';
import { NAME_OBJECT } from '../objects/name-object.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';
import type { Org } from '../org/org.ts';
import type { FieldValue, Row } from '../org/row.ts';
import { keyPrefixOf } from '../org/salesforce-id.ts';
import type { PathNode } from './ast.ts';
import type { QueryScope } from './query-scope.ts';
import { noSuchColumn, noSuchRelationship, SoqlError } from './soql-error.ts';

/** One step from a row to the record a lookup points to. */
export interface Hop {
  /** As describe spells it: `Owner`, `Account__r`. */
  readonly relationshipName: string;
  /** May lead to several objects; results then call the parent a `Name`. */
  readonly isPolymorphic: boolean;
  readonly follow: (row: Row) => Parent | undefined;
}

export interface Parent {
  readonly objectName: string;
  readonly row: Row;
}

export interface ResolvedPath {
  readonly field: Field;
  /** The object that holds the field, after all hops. */
  readonly object: ObjectDefinition;
  readonly hops: readonly Hop[];
  readonly read: (row: Row) => FieldValue;
}

/** A query may climb this many parents. */
const MAX_HOPS = 5;

export const resolvePath = (scope: QueryScope, path: PathNode): ResolvedPath => {
  const segments = withoutRoot(scope, path.segments);
  const hops: Hop[] = [];
  let object = scope.object;
  for (const segment of segments.slice(0, -1)) {
    const step = findHop(scope, object, segment);
    if (step === null) throw noSuchRelationship(scope.query.text, path.position, segment);
    hops.push(step.hop);
    object = step.object;
  }
  if (hops.length > MAX_HOPS) {
    throw new SoqlError('MALFORMED_QUERY', 'maximum relationship depth exceeded');
  }
  const name = segments.at(-1) ?? '';
  const field = findField(scope, object, name);
  if (field === undefined) throw noSuchColumn(scope.query.text, path.position, name, object.name);
  return { field, object, hops, read: createReader(hops, field) };
};

/** A field of the queried object itself. */
export const resolveOwnField = (scope: QueryScope, field: Field): ResolvedPath => ({
  field,
  object: scope.object,
  hops: [],
  read: createReader([], field),
});

/** Path names as results spell them: relationships by their own name, then the field's. */
export const namesOf = ({ hops, field }: ResolvedPath): string[] => [
  ...hops.map((hop) => hop.relationshipName),
  field.name,
];

const createReader = (hops: readonly Hop[], field: Field): ((row: Row) => FieldValue) => {
  const { name } = field;
  const [first, ...rest] = hops;
  if (first === undefined) return (row) => readField(field, row);
  return (row) => {
    let parent = first.follow(row);
    for (const hop of rest) parent = parent === undefined ? undefined : hop.follow(parent.row);
    if (parent === undefined) return null;
    // Records reached through a polymorphic lookup know their own kind.
    return name === 'Type' && !Object.hasOwn(parent.row, 'Type')
      ? parent.objectName
      : readField(field, parent.row);
  };
};

// `Account.Name FROM Account` and `a.Name FROM Account a` both start at the object itself.
const withoutRoot = (scope: QueryScope, segments: readonly string[]): readonly string[] => {
  const first = segments[0]?.toLowerCase();
  const isRoot =
    segments.length > 1 &&
    (first === scope.query.alias?.toLowerCase() ||
      (first === scope.object.name.toLowerCase() && findHop(scope, scope.object, first) === null));
  return isRoot ? segments.slice(1) : segments;
};

const findField = (
  { org, access }: QueryScope,
  object: ObjectDefinition,
  name: string,
): Field | undefined => {
  const field =
    object === NAME_OBJECT
      ? NAME_OBJECT.fields.find((one) => one.name.toLowerCase() === name.toLowerCase())
      : org.schema.findField(object, name);
  return field !== undefined && access.sees(object, field) ? field : undefined;
};

const findHop = (
  { org, access }: QueryScope,
  object: ObjectDefinition,
  relationshipName: string,
): { readonly hop: Hop; readonly object: ObjectDefinition } | null => {
  const name = relationshipName.toLowerCase();
  const field = object.fields.find((one) => one.relationshipName?.toLowerCase() === name);
  const spelled = field?.relationshipName ?? null;
  if (field === undefined || spelled === null || isCompound(field) || !access.sees(object, field))
    return null;
  const [onlyTarget] = field.referenceTo;
  const isPolymorphic = field.referenceTo.length > 1;
  const target = onlyTarget === undefined ? undefined : org.schema.find(onlyTarget);
  if (target === undefined) return null;
  return {
    hop: {
      relationshipName: spelled,
      isPolymorphic,
      follow: createFollower(org, field),
    },
    object: isPolymorphic ? NAME_OBJECT : target,
  };
};

const createFollower = (org: Org, field: Field): Hop['follow'] => {
  const { name } = field;
  return (row) => {
    const id = row[name];
    if (typeof id !== 'string') return undefined;
    const target = org.schema.findByPrefix(keyPrefixOf(id));
    const parent = target === undefined ? undefined : org.table(target.name).get(id);
    return target === undefined || parent === undefined
      ? undefined
      : { objectName: target.name, row: parent };
  };
};
