// The CRM object types this portal has, and the names a caller may use for them in a path.
// Custom objects are left out on purpose: their schema API is Enterprise in every hub.

export const OBJECT_TYPE_NAMES = ['companies', 'contacts', 'deals', 'tasks', 'notes'] as const;
export type ObjectTypeName = (typeof OBJECT_TYPE_NAMES)[number];

export interface ObjectType {
  readonly name: ObjectTypeName;
  /** HubSpot's own number for the type, such as 0-2. */
  readonly id: string;
  readonly singular: string;
  readonly createdProperty: string;
  /** Contacts are the odd ones: theirs has no `hs_`. */
  readonly modifiedProperty: string;
  /** What a read answers with when it names no properties. */
  readonly defaultProperties: readonly string[];
  /** Where the scopes of this type are found: tasks and notes have none of their own. */
  readonly scopeName: 'companies' | 'contacts' | 'deals';
}

const TYPES: Readonly<Record<ObjectTypeName, ObjectType>> = {
  contacts: {
    name: 'contacts',
    id: '0-1',
    singular: 'contact',
    createdProperty: 'createdate',
    modifiedProperty: 'lastmodifieddate',
    defaultProperties: ['firstname', 'lastname', 'email'],
    scopeName: 'contacts',
  },
  companies: {
    name: 'companies',
    id: '0-2',
    singular: 'company',
    createdProperty: 'createdate',
    modifiedProperty: 'hs_lastmodifieddate',
    defaultProperties: ['name', 'domain'],
    scopeName: 'companies',
  },
  deals: {
    name: 'deals',
    id: '0-3',
    singular: 'deal',
    createdProperty: 'createdate',
    modifiedProperty: 'hs_lastmodifieddate',
    defaultProperties: ['dealname', 'amount', 'closedate', 'dealstage', 'pipeline'],
    scopeName: 'deals',
  },
  tasks: {
    name: 'tasks',
    id: '0-27',
    singular: 'task',
    createdProperty: 'hs_createdate',
    modifiedProperty: 'hs_lastmodifieddate',
    defaultProperties: [],
    scopeName: 'contacts',
  },
  notes: {
    name: 'notes',
    id: '0-46',
    singular: 'note',
    createdProperty: 'hs_createdate',
    modifiedProperty: 'hs_lastmodifieddate',
    defaultProperties: [],
    scopeName: 'contacts',
  },
};

const BY_ALIAS: ReadonlyMap<string, ObjectType> = new Map(
  Object.values(TYPES).flatMap((type) =>
    [type.name, type.singular, type.id].map((alias) => [alias, type] as const),
  ),
);

export const objectType = (name: ObjectTypeName): ObjectType => TYPES[name];

/** Finds a type by `companies`, `company` or `0-2`; null for anything else. */
export const findObjectType = (alias: string): ObjectType | null => BY_ALIAS.get(alias.toLowerCase()) ?? null;
