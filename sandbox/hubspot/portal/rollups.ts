// The read-only figures a record carries about its neighbours, such as its number of contacts.
// In HubSpot they change a record's modification date too: that is why syncs see records nobody edited.
import {
  CHILD_TO_PARENT_COMPANY,
  PARENT_TO_CHILD_COMPANY,
  primaryAssociationType,
} from '#sandbox/hubspot/associations/association-types.ts';
import { type Changes, commitChanges } from './commit-changes.ts';
import type { ObjectTypeName } from './object-types.ts';
import type { PortalState } from './portal-state.ts';
import { CALCULATION_ACTOR, type HubRecord } from './record.ts';

export const refreshRollups = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  commitChanges(portal, type, record, rollupsOf(portal, type, record), CALCULATION_ACTOR);
};

export const rollupsOf = (portal: PortalState, type: ObjectTypeName, record: HubRecord): Changes => {
  switch (type) {
    case 'companies':
      return new Map([...companyRollups(portal, record), ...activityRollups(portal, type, record)]);
    case 'contacts':
      return new Map([
        ['associatedcompanyid', primaryCompanyId(portal, 'contacts', record.id)],
        ['num_associated_deals', count(liveNeighbours(portal, 'contacts', record.id, 'deals'))],
        ...activityRollups(portal, type, record),
      ]);
    case 'deals':
      return new Map([
        ['hs_primary_associated_company', primaryCompanyId(portal, 'deals', record.id)],
        ['num_associated_contacts', count(liveNeighbours(portal, 'deals', record.id, 'contacts'))],
        ...activityRollups(portal, type, record),
      ]);
    case 'tasks':
    case 'notes':
      return new Map();
  }
};

export const primaryCompanyId = (
  portal: PortalState,
  type: 'contacts' | 'deals',
  id: string,
): string | null => {
  const primary = primaryAssociationType(type, 'companies')?.typeId;
  const pairs = portal.associations.targets(type, id, 'companies');
  const found = pairs.find(({ typeIds }) => primary !== undefined && typeIds.has(primary));
  return found !== undefined && isLive(portal, 'companies', found.id) ? found.id : null;
};

const companyRollups = (portal: PortalState, { id }: HubRecord): Changes => {
  const contacts = liveNeighbours(portal, 'companies', id, 'contacts');
  const deals = liveNeighbours(portal, 'companies', id, 'deals');
  const roles = contacts.map(({ values }) => values.get('hs_buying_role')?.split(';') ?? []);
  const relatives = portal.associations
    .targets('companies', id, 'companies')
    .filter((pair) => isLive(portal, 'companies', pair.id));
  return new Map([
    ['num_associated_contacts', count(contacts)],
    ['num_associated_deals', count(deals)],
    ['hs_num_open_deals', count(deals.filter(({ values }) => values.get('hs_is_closed') !== 'true'))],
    ['hs_num_decision_makers', count(roles.filter((own) => own.includes('DECISION_MAKER')))],
    ['hs_num_contacts_with_buying_roles', count(roles.filter((own) => own.length > 0))],
    [
      'hs_num_child_companies',
      count(relatives.filter(({ typeIds }) => typeIds.has(PARENT_TO_CHILD_COMPANY))),
    ],
    [
      'hs_parent_company_id',
      relatives.find(({ typeIds }) => typeIds.has(CHILD_TO_PARENT_COMPANY))?.id ?? null,
    ],
  ]);
};

const activityRollups = (portal: PortalState, type: ObjectTypeName, { id }: HubRecord): Changes => {
  const noteDates = liveNeighbours(portal, type, id, 'notes').map(dueMs);
  const taskDates = liveNeighbours(portal, type, id, 'tasks')
    .filter(({ values }) => values.get('hs_task_status') !== 'COMPLETED')
    .map(dueMs);
  return new Map([
    ['notes_last_updated', noteDates.length === 0 ? null : String(Math.max(...noteDates))],
    ['notes_next_activity_date', taskDates.length === 0 ? null : String(Math.min(...taskDates))],
  ]);
};

const dueMs = ({ values, createdAtMs }: HubRecord): number =>
  Number(values.get('hs_timestamp') ?? createdAtMs);

const liveNeighbours = (
  portal: PortalState,
  from: ObjectTypeName,
  id: string,
  to: ObjectTypeName,
): readonly HubRecord[] =>
  portal.associations.targets(from, id, to).flatMap((pair) => {
    const record = portal.tables[to].find(pair.id);
    return record === null || record.archivedAtMs !== null ? [] : [record];
  });

const isLive = (portal: PortalState, type: ObjectTypeName, id: string): boolean =>
  portal.tables[type].find(id)?.archivedAtMs === null;

const count = (items: readonly unknown[]): string => String(items.length);
