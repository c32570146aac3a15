// The properties a new portal starts with.
import type { ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import { createPropertyBook, type PropertyBook } from '../property-book.ts';
import { NOTE_GROUPS, noteProperties, TASK_GROUPS, taskProperties } from './activities.ts';
import { COMPANY_GROUPS, companyProperties } from './companies.ts';
import { CONTACT_GROUPS, contactProperties } from './contacts.ts';
import { DEAL_GROUPS, dealProperties } from './deals.ts';

export const createPropertyBooks = (): Readonly<Record<ObjectTypeName, PropertyBook>> => ({
  companies: createPropertyBook(companyProperties(), COMPANY_GROUPS),
  contacts: createPropertyBook(contactProperties(), CONTACT_GROUPS),
  deals: createPropertyBook(dealProperties(), DEAL_GROUPS),
  tasks: createPropertyBook(taskProperties(), TASK_GROUPS),
  notes: createPropertyBook(noteProperties(), NOTE_GROUPS),
});
