// Properties that HubSpot puts on more than one object type.

import { datetime, number, option, optionsOf, owner, readOnly, select, text } from '../define.ts';
import type { PropertyDefinition } from '../definition.ts';

export const LIFECYCLE_STAGES = [
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
] as const;

const LIFECYCLE_LABELS = [
  'Subscriber',
  'Lead',
  'Marketing Qualified Lead',
  'Sales Qualified Lead',
  'Opportunity',
  'Customer',
  'Evangelist',
  'Other',
] as const;

export const lifecycleStage = (): PropertyDefinition =>
  select(
    'lifecyclestage',
    'Lifecycle Stage',
    LIFECYCLE_STAGES.map((value, position) => option(value, LIFECYCLE_LABELS[position] ?? value, position)),
  );

export const leadStatus = (): PropertyDefinition =>
  select(
    'hs_lead_status',
    'Lead Status',
    optionsOf(
      'NEW',
      'OPEN',
      'IN_PROGRESS',
      'OPEN_DEAL',
      'UNQUALIFIED',
      'ATTEMPTED_TO_CONTACT',
      'CONNECTED',
      'BAD_TIMING',
    ),
  );

export const ownership = (label: string): readonly PropertyDefinition[] => [
  owner('hubspot_owner_id', label),
  readOnly(datetime('hubspot_owner_assigneddate', 'Owner assigned date')),
  text('hubspot_team_id', 'HubSpot Team'),
];

/** What every record carries about itself. The names of the two dates differ by type. */
export const bookkeeping = (
  createdProperty: string,
  modifiedProperty: string,
): readonly PropertyDefinition[] => [
  readOnly(datetime(createdProperty, 'Create Date')),
  readOnly(datetime(modifiedProperty, 'Last Modified Date')),
  readOnly(number('hs_object_id', 'Record ID')),
  readOnly(text('hs_merged_object_ids', 'Merged record IDs')),
  readOnly(text('hs_object_source', 'Record creation source')),
  readOnly(text('hs_object_source_id', 'Record creation source ID')),
  readOnly(text('hs_object_source_label', 'Record source')),
  readOnly(number('hs_created_by_user_id', 'Created by user ID')),
  readOnly(number('hs_updated_by_user_id', 'Updated by user ID')),
];

export const activityDates = (): readonly PropertyDefinition[] => [
  readOnly(datetime('notes_last_updated', 'Last Activity Date')),
  readOnly(datetime('notes_next_activity_date', 'Next Activity Date')),
];
