// The Lead object. Conversion is not offered; the fields it fills are there and stay empty.
import { addressFields } from './address-fields.ts';
import {
  checkbox,
  day,
  email,
  integer,
  longText,
  money,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
  toPicklist,
  url,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { INDUSTRIES, LEAD_SOURCES, LEAD_STATUSES, RATINGS, SALUTATIONS } from './picklist-values.ts';
import {
  auditFields,
  idField,
  isDeletedField,
  masterRecordField,
  ownerField,
  recordTypeField,
  viewedFields,
} from './system-fields.ts';

const NAME_PART = { compoundFieldName: 'Name' } as const;
const FIRST_STATUS = LEAD_STATUSES[0].value;
const STATUS_VALUES = LEAD_STATUSES.map((status) => status.value);

export const defineLead = (): ObjectDefinition =>
  defineObject(
    'Lead',
    'Lead',
    '00Q',
    [
      idField('Lead ID'),
      isDeletedField(),
      masterRecordField('Lead'),
      text('LastName', 'Last Name', 80, { ...REQUIRED, ...NAME_PART }),
      text('FirstName', 'First Name', 40, { ...NAME_PART, permissionable: false }),
      picklist('Salutation', 'Salutation', SALUTATIONS, NAME_PART),
      text('Name', 'Full Name', 121, {
        ...READ_ONLY,
        nillable: false,
        defaultedOnCreate: true,
        nameField: true,
        permissionable: false,
      }),
      recordTypeField(),
      text('Title', 'Title', 128),
      text('Company', 'Company', 255, REQUIRED),
      ...addressFields('', ''),
      phone('Phone', 'Phone'),
      phone('MobilePhone', 'Mobile Phone'),
      phone('Fax', 'Fax'),
      email('Email', 'Email', { idLookup: true }),
      url('Website', 'Website'),
      longText('Description', 'Description'),
      picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
      picklist('Status', 'Status', STATUS_VALUES, {
        nillable: false,
        defaultedOnCreate: true,
        defaultValue: FIRST_STATUS,
        permissionable: false,
        picklistValues: toPicklist(STATUS_VALUES, FIRST_STATUS),
      }),
      picklist('Industry', 'Industry', INDUSTRIES),
      picklist('Rating', 'Rating', RATINGS),
      money('AnnualRevenue', 'Annual Revenue'),
      integer('NumberOfEmployees', 'Employees', 8),
      ownerField('Owner ID', ['Group', 'User']),
      checkbox('HasOptedOutOfEmail', 'Email Opt Out'),
      checkbox('DoNotCall', 'Do Not Call'),
      checkbox('IsConverted', 'Converted', { ...READ_ONLY, permissionable: false }),
      day('ConvertedDate', 'Converted Date', { ...READ_ONLY, permissionable: false }),
      reference('ConvertedAccountId', 'Converted Account ID', ['Account'], READ_ONLY),
      reference('ConvertedContactId', 'Converted Contact ID', ['Contact'], READ_ONLY),
      reference('ConvertedOpportunityId', 'Converted Opportunity ID', ['Opportunity'], READ_ONLY),
      checkbox('IsUnreadByOwner', 'Unread By Owner', { permissionable: false, defaultValue: true }),
      ...auditFields(),
      ...viewedFields(),
      text('CompanyDunsNumber', 'Company D-U-N-S Number', 9),
      text('Jigsaw', 'Data.com Key', 20),
    ],
    { mergeable: true },
  );
