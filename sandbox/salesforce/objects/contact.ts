// The Contact object.
import { addressFields } from './address-fields.ts';
import {
  checkbox,
  dateTime,
  day,
  email,
  longText,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
  url,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { LEAD_SOURCES, SALUTATIONS } from './picklist-values.ts';
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

export const defineContact = (): ObjectDefinition =>
  defineObject(
    'Contact',
    'Contact',
    '003',
    [
      idField('Contact ID'),
      isDeletedField(),
      masterRecordField('Contact'),
      reference('AccountId', 'Account ID', ['Account'], {
        childRelationshipName: 'Contacts',
        deleteRule: 'cascade',
        permissionable: false,
      }),
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
      ...addressFields('Other', 'Other '),
      ...addressFields('Mailing', 'Mailing '),
      phone('Phone', 'Business Phone'),
      phone('Fax', 'Business Fax'),
      phone('MobilePhone', 'Mobile Phone'),
      phone('HomePhone', 'Home Phone'),
      phone('OtherPhone', 'Other Phone'),
      phone('AssistantPhone', 'Asst. Phone'),
      reference('ReportsToId', 'Reports To ID', ['Contact'], { childRelationshipName: 'DirectReports' }),
      email('Email', 'Email', { idLookup: true }),
      text('Title', 'Title', 128),
      text('Department', 'Department', 80),
      text('AssistantName', "Assistant's Name", 40),
      picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
      day('Birthdate', 'Birthdate'),
      longText('Description', 'Contact Description'),
      ownerField(),
      checkbox('HasOptedOutOfEmail', 'Email Opt Out'),
      checkbox('HasOptedOutOfFax', 'Fax Opt Out'),
      checkbox('DoNotCall', 'Do Not Call'),
      ...auditFields(),
      ...viewedFields(),
      dateTime('LastCURequestDate', 'Last Stay-in-Touch Request Date', READ_ONLY),
      dateTime('LastCUUpdateDate', 'Last Stay-in-Touch Save Date', READ_ONLY),
      text('EmailBouncedReason', 'Email Bounced Reason', 255),
      dateTime('EmailBouncedDate', 'Email Bounced Date'),
      checkbox('IsEmailBounced', 'Is Email Bounced', { ...READ_ONLY, permissionable: false }),
      url('PhotoUrl', 'Photo URL', READ_ONLY),
      text('Jigsaw', 'Data.com Key', 20),
    ],
    { mergeable: true },
  );
