// One CRM record as the portal holds it. Values are stored, not wire, text: a datetime is epoch milliseconds.

/** Property name → stored text. A property without a value is not in the map. */
export type RecordValues = ReadonlyMap<string, string>;

/** Who changed a value: the words HubSpot uses in `propertiesWithHistory`. */
export interface Actor {
  readonly sourceType: 'CRM_UI' | 'INTEGRATION' | 'CALCULATED' | 'MERGE_OBJECTS' | 'IMPORT';
  readonly sourceId: string;
  readonly userId: number | null;
}

export interface PropertyVersion {
  readonly value: string;
  readonly atMs: number;
  readonly actor: Actor;
}

export interface HubRecord {
  readonly id: string;
  /** The id as a number. Ids grow from ten digits to eleven, so their text order is not their order. */
  readonly order: number;
  /** Who made it; the first version of every value it was made with is theirs. */
  readonly madeBy: Actor;
  /** Replaced as a whole by each write, so that the search index may go on holding an older state. */
  values: RecordValues;
  /** What search sees; null until the index has caught up with the record's creation. */
  indexed: RecordValues | null;
  createdAtMs: number;
  updatedAtMs: number;
  archivedAtMs: number | null;
  /** Newest first; a property that never changed since the record was made has no entry. */
  history: ReadonlyMap<string, readonly PropertyVersion[]>;
}

/** A person in HubSpot's own screens. */
export const personActor = (userId: number): Actor => ({
  sourceType: 'CRM_UI',
  sourceId: `userId:${userId}`,
  userId,
});

export const INTEGRATION_ACTOR: Actor = { sourceType: 'INTEGRATION', sourceId: '1000001', userId: null };
export const CALCULATION_ACTOR: Actor = {
  sourceType: 'CALCULATED',
  sourceId: 'RollupProperties',
  userId: null,
};
export const MERGE_ACTOR: Actor = { sourceType: 'MERGE_OBJECTS', sourceId: 'MergeObjects', userId: null };
/** Values that came with the record when the portal was filled. */
export const IMPORT_ACTOR: Actor = { sourceType: 'IMPORT', sourceId: 'ImportId:1', userId: null };

/** All versions of a property, newest first, the one the record was made with included. */
export const versionsOf = (record: HubRecord, property: string): readonly PropertyVersion[] => {
  const known = record.history.get(property);
  if (known !== undefined) return known;
  const value = record.values.get(property);
  return value === undefined ? [] : [{ value, atMs: record.createdAtMs, actor: record.madeBy }];
};
