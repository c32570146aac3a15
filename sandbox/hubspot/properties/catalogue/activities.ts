// HubSpot's own task and note properties.

import { bool, datetime, html, inGroup, optionsOf, readOnly, select, text } from '../define.ts';
import type { PropertyDefinition } from '../definition.ts';
import { bookkeeping, ownership } from './shared.ts';

export const TASK_GROUPS = [{ name: 'task', label: 'Task Information' }] as const;
export const NOTE_GROUPS = [{ name: 'note', label: 'Note Information' }] as const;

export const taskProperties = (): readonly PropertyDefinition[] =>
  inGroup(
    'task',
    datetime('hs_timestamp', 'Due date'),
    text('hs_task_subject', 'Task Title'),
    html('hs_task_body', 'Task Notes'),
    select(
      'hs_task_status',
      'Task Status',
      optionsOf('NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'COMPLETED', 'DEFERRED'),
    ),
    select('hs_task_priority', 'Priority', optionsOf('NONE', 'LOW', 'MEDIUM', 'HIGH')),
    select('hs_task_type', 'Task Type', optionsOf('EMAIL', 'CALL', 'TODO')),
    text('hs_task_reminders', 'Task reminders'),
    readOnly(bool('hs_task_is_completed', 'Task is completed')),
    readOnly(datetime('hs_task_completion_date', 'Completed at')),
    ...ownership('Assigned to'),
    ...bookkeeping('hs_createdate', 'hs_lastmodifieddate'),
  );

export const noteProperties = (): readonly PropertyDefinition[] =>
  inGroup(
    'note',
    datetime('hs_timestamp', 'Activity date'),
    html('hs_note_body', 'Note body'),
    text('hs_attachment_ids', 'Attached content IDs'),
    ...ownership('Activity assigned to'),
    ...bookkeeping('hs_createdate', 'hs_lastmodifieddate'),
  );
