// Everything one HubSpot account holds, in memory. State only: what may happen to it is decided elsewhere.
import {
  type AssociationGraph,
  createAssociationGraph,
} from '#sandbox/hubspot/associations/association-graph.ts';
import { createPropertyBooks } from '#sandbox/hubspot/properties/catalogue/property-books.ts';
import type { PropertyBook } from '#sandbox/hubspot/properties/property-book.ts';
import { createSearchIndex, type SearchIndex } from '#sandbox/hubspot/search/search-index.ts';
import type { ObjectTypeName } from './object-types.ts';
import { createOwnerList, type OwnerList } from './owner-list.ts';
import { createRecordIds, type RecordIds } from './record-ids.ts';
import { createRecordTable, type RecordTable } from './record-table.ts';
import { createRowRefusals, type RowRefusals } from './row-refusals.ts';
import { createUniqueValues, type UniqueValues } from './unique-values.ts';
import { createWriteRules, type WriteRules } from './write-rules.ts';

export interface PortalState {
  readonly id: number;
  readonly now: () => number;
  readonly tables: Readonly<Record<ObjectTypeName, RecordTable>>;
  readonly unique: Readonly<Record<ObjectTypeName, UniqueValues>>;
  readonly properties: Readonly<Record<ObjectTypeName, PropertyBook>>;
  readonly associations: AssociationGraph;
  readonly owners: OwnerList;
  readonly index: SearchIndex;
  readonly rules: WriteRules;
  readonly refusals: RowRefusals;
  /** Names of properties that a workflow, list or form uses: they cannot be archived. */
  readonly propertiesInUse: Set<string>;
  readonly ids: RecordIds;
}

export interface PortalOptions {
  readonly id: number;
  readonly now: () => number;
  readonly searchLagMs: number;
}

export const createPortalState = ({ id, now, searchLagMs }: PortalOptions): PortalState => ({
  id,
  now,
  tables: forEachType(createRecordTable),
  unique: forEachType(createUniqueValues),
  properties: createPropertyBooks(),
  associations: createAssociationGraph(),
  owners: createOwnerList(),
  index: createSearchIndex(searchLagMs, now),
  rules: createWriteRules(),
  refusals: createRowRefusals(),
  propertiesInUse: new Set(),
  ids: createRecordIds(),
});

const forEachType = <Value>(make: () => Value): Record<ObjectTypeName, Value> => ({
  companies: make(),
  contacts: make(),
  deals: make(),
  tasks: make(),
  notes: make(),
});
