// Task and Event. Custom fields made on Activity appear on both.

import type { Field } from './field.ts';
import {
  checkbox,
  dateTime,
  day,
  defineField,
  integer,
  longText,
  picklist,
  READ_ONLY,
  reference,
  toPicklist,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { TASK_PRIORITIES, TASK_STATUSES } from './picklist-values.ts';
import { auditFields, idField, isDeletedField, ownerField, recordTypeField } from './system-fields.ts';

export const ACTIVITY_OBJECTS = ['Task', 'Event'] as const;

const STATUS_VALUES = TASK_STATUSES.map((status) => status.value);
const DERIVED_FLAG = { ...READ_ONLY, permissionable: false } as const;

const relatedFields = (childName: string): Field[] => [
  reference('WhoId', 'Name ID', ['Contact', 'Lead'], { childRelationshipName: childName }),
  reference('WhatId', 'Related To ID', ['Account', 'Campaign', 'Opportunity'], {
    childRelationshipName: childName,
    deleteRule: 'cascade',
  }),
  defineField('Subject', 'Subject', 'combobox', {
    length: 255,
    picklistValues: toPicklist(['Call', 'Email', 'Send Letter', 'Send Quote', 'Other']),
  }),
  longText('Description', 'Description'),
  reference('AccountId', 'Account ID', ['Account'], {
    ...READ_ONLY,
    permissionable: false,
    deleteRule: 'keep',
  }),
  ownerField('Assigned To ID'),
  checkbox('IsArchived', 'Archived', DERIVED_FLAG),
  checkbox('IsReminderSet', 'Reminder Set'),
  dateTime('ReminderDateTime', 'Reminder Date/Time'),
  recordTypeField(),
];

export const defineTask = (): ObjectDefinition =>
  defineObject('Task', 'Task', '00T', [
    idField('Activity ID'),
    isDeletedField(),
    ...relatedFields('Tasks'),
    day('ActivityDate', 'Due Date Only'),
    picklist('Status', 'Status', STATUS_VALUES, {
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: 'Not Started',
      permissionable: false,
      picklistValues: toPicklist(STATUS_VALUES, 'Not Started'),
    }),
    picklist('Priority', 'Priority', TASK_PRIORITIES, {
      nillable: false,
      defaultedOnCreate: true,
      defaultValue: 'Normal',
      permissionable: false,
      picklistValues: toPicklist(TASK_PRIORITIES, 'Normal'),
    }),
    checkbox('IsHighPriority', 'High Priority', DERIVED_FLAG),
    checkbox('IsClosed', 'Closed', DERIVED_FLAG),
    dateTime('CompletedDateTime', 'Completed Date', DERIVED_FLAG),
    picklist('TaskSubtype', 'Task Subtype', ['Task', 'Email', 'ListEmail', 'Cadence', 'Call', 'LinkedIn'], {
      updateable: false,
      defaultedOnCreate: true,
      defaultValue: 'Task',
      restrictedPicklist: true,
      permissionable: false,
    }),
    picklist('CallType', 'Call Type', ['Internal', 'Inbound', 'Outbound'], { restrictedPicklist: true }),
    integer('CallDurationInSeconds', 'Call Duration', 8),
    ...auditFields(),
  ]);

export const defineEvent = (): ObjectDefinition =>
  defineObject('Event', 'Event', '00U', [
    idField('Activity ID'),
    isDeletedField(),
    ...relatedFields('Events'),
    defineField('Location', 'Location', 'string', { length: 255 }),
    checkbox('IsAllDayEvent', 'All-Day Event'),
    dateTime('ActivityDateTime', 'Due Date Time'),
    day('ActivityDate', 'Due Date Only'),
    integer('DurationInMinutes', 'Duration', 8),
    dateTime('StartDateTime', 'Start Date Time'),
    dateTime('EndDateTime', 'End Date Time'),
    checkbox('IsPrivate', 'Private'),
    picklist('ShowAs', 'Show Time As', ['Busy', 'OutOfOffice', 'Free'], {
      restrictedPicklist: true,
      defaultedOnCreate: true,
      defaultValue: 'Busy',
    }),
    checkbox('IsChild', 'Is Child', DERIVED_FLAG),
    ...auditFields(),
  ]);
