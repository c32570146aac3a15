// HubSpot's own deal properties, as far as account work reads them, and the default sales pipeline.

import {
  bool,
  datetime,
  inGroup,
  longText,
  number,
  option,
  optionsOf,
  readOnly,
  select,
  text,
} from '../define.ts';
import type { PropertyDefinition } from '../definition.ts';
import { activityDates, bookkeeping, ownership } from './shared.ts';

export const DEAL_GROUPS = [{ name: 'dealinformation', label: 'Deal information' }] as const;

export interface DealStage {
  readonly id: string;
  readonly label: string;
  /** 0 to 1; a won stage has 1, a lost one 0. */
  readonly probability: number;
  readonly isClosed: boolean;
}

export const DEFAULT_PIPELINE_ID = 'default';

export const DEAL_STAGES: readonly DealStage[] = [
  { id: 'appointmentscheduled', label: 'Appointment Scheduled', probability: 0.2, isClosed: false },
  { id: 'qualifiedtobuy', label: 'Qualified To Buy', probability: 0.4, isClosed: false },
  { id: 'presentationscheduled', label: 'Presentation Scheduled', probability: 0.6, isClosed: false },
  { id: 'decisionmakerboughtin', label: 'Decision Maker Bought-In', probability: 0.8, isClosed: false },
  { id: 'contractsent', label: 'Contract Sent', probability: 0.9, isClosed: false },
  { id: 'closedwon', label: 'Closed Won', probability: 1, isClosed: true },
  { id: 'closedlost', label: 'Closed Lost', probability: 0, isClosed: true },
];

export const dealProperties = (): readonly PropertyDefinition[] =>
  inGroup(
    'dealinformation',
    text('dealname', 'Deal Name'),
    number('amount', 'Amount'),
    text('deal_currency_code', 'Currency'),
    datetime('closedate', 'Close Date'),
    select('pipeline', 'Pipeline', [option(DEFAULT_PIPELINE_ID, 'Sales Pipeline', 0)]),
    select(
      'dealstage',
      'Deal Stage',
      DEAL_STAGES.map(({ id, label }, position) => option(id, label, position)),
    ),
    select('dealtype', 'Deal Type', optionsOf('newbusiness', 'existingbusiness')),
    longText('description', 'Deal Description'),
    longText('closed_lost_reason', 'Closed Lost Reason'),
    longText('closed_won_reason', 'Closed Won Reason'),
    readOnly(bool('hs_is_closed', 'Is Deal Closed?')),
    readOnly(bool('hs_is_closed_won', 'Is Closed Won')),
    readOnly(number('hs_deal_stage_probability', 'Deal probability')),
    ...ownership('Deal owner'),
    ...bookkeeping('createdate', 'hs_lastmodifieddate'),
    ...activityDates(),
    readOnly(number('num_associated_contacts', 'Number of Associated Contacts')),
    readOnly(number('hs_primary_associated_company', 'Primary Associated Company')),
  );
