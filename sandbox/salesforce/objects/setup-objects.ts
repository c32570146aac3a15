// Users, groups, the organisation and its catalogues: records like any other, so that they can be queried.
import {
  checkbox,
  dateTime,
  email,
  integer,
  phone,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { auditFields, idField } from './system-fields.ts';

const SETUP = { setup: true, replicateable: false } as const;
const CATALOGUE = { ...SETUP, createable: false, updateable: false, deletable: false } as const;

const defineUser = (): ObjectDefinition =>
  defineObject(
    'User',
    'User',
    '005',
    [
      idField('User ID'),
      text('Username', 'Username', 80, { ...REQUIRED, unique: true, idLookup: true }),
      text('LastName', 'Last Name', 80, { ...REQUIRED, compoundFieldName: 'Name' }),
      text('FirstName', 'First Name', 40, { compoundFieldName: 'Name' }),
      text('Name', 'Full Name', 121, {
        ...READ_ONLY,
        nillable: false,
        defaultedOnCreate: true,
        nameField: true,
      }),
      text('CompanyName', 'Company Name', 80),
      text('Title', 'Title', 80),
      text('Department', 'Department', 80),
      email('Email', 'Email', { ...REQUIRED, length: 128 }),
      text('Alias', 'Alias', 8, { nillable: false, defaultedOnCreate: true }),
      phone('Phone', 'Phone'),
      phone('MobilePhone', 'Mobile'),
      checkbox('IsActive', 'Active', { defaultValue: true }),
      reference('ProfileId', 'Profile ID', ['Profile'], {
        nillable: false,
        defaultedOnCreate: true,
        deleteRule: 'keep',
      }),
      reference('ManagerId', 'Manager ID', ['User'], { childRelationshipName: 'ManagedUsers' }),
      picklist('UserType', 'User Type', ['Standard', 'AutomatedProcess', 'CsnOnly', 'PowerPartner'], {
        ...READ_ONLY,
        restrictedPicklist: true,
        defaultValue: 'Standard',
        defaultedOnCreate: true,
      }),
      text('TimeZoneSidKey', 'Time Zone', 40, {
        nillable: false,
        defaultedOnCreate: true,
        defaultValue: 'GMT',
      }),
      text('LocaleSidKey', 'Locale', 40, { nillable: false, defaultedOnCreate: true, defaultValue: 'en_US' }),
      text('LanguageLocaleKey', 'Language', 40, {
        nillable: false,
        defaultedOnCreate: true,
        defaultValue: 'en_US',
      }),
      text('EmailEncodingKey', 'Email Encoding', 40, {
        nillable: false,
        defaultedOnCreate: true,
        defaultValue: 'UTF-8',
      }),
      dateTime('LastLoginDate', 'Last Login', READ_ONLY),
      text('FederationIdentifier', 'SAML Federation ID', 512),
      ...auditFields(),
    ],
    { setup: true, deletable: false },
  );

const defineProfile = (): ObjectDefinition =>
  defineObject(
    'Profile',
    'Profile',
    '00e',
    [
      idField('Profile ID'),
      text('Name', 'Name', 255, { ...REQUIRED, nameField: true }),
      text('Description', 'Description', 255),
      text('UserType', 'User Type', 40, READ_ONLY),
      ...auditFields(),
    ],
    CATALOGUE,
  );

const defineOrganization = (): ObjectDefinition =>
  defineObject(
    'Organization',
    'Organization',
    '00D',
    [
      idField('Organization ID'),
      text('Name', 'Name', 80, { ...REQUIRED, nameField: true }),
      text('OrganizationType', 'Edition', 40, READ_ONLY),
      text('InstanceName', 'Instance Name', 5, READ_ONLY),
      checkbox('IsSandbox', 'Is Sandbox', READ_ONLY),
      text('NamespacePrefix', 'Namespace Prefix', 15, READ_ONLY),
      text('LanguageLocaleKey', 'Language', 40),
      text('DefaultLocaleSidKey', 'Locale', 40),
      text('TimeZoneSidKey', 'Time Zone', 40),
      text('Country', 'Country', 80),
      integer('FiscalYearStartMonth', 'Fiscal Year Starts In', 8),
      dateTime('TrialExpirationDate', 'Trial Expiration Date', READ_ONLY),
      ...auditFields(),
    ],
    { ...SETUP, createable: false, deletable: false },
  );

const defineRecordType = (): ObjectDefinition =>
  defineObject(
    'RecordType',
    'Record Type',
    '012',
    [
      idField('Record Type ID'),
      text('Name', 'Name', 80, { ...REQUIRED, nameField: true }),
      text('DeveloperName', 'Record Type Name', 80, REQUIRED),
      text('SobjectType', 'Sobject Type Name', 40, REQUIRED),
      text('Description', 'Description', 255),
      checkbox('IsActive', 'Active', { defaultValue: true }),
      ...auditFields(),
    ],
    CATALOGUE,
  );

const defineTaskStatus = (): ObjectDefinition =>
  defineObject(
    'TaskStatus',
    'Task Status Value',
    '01T',
    [
      idField('Task Status Value ID'),
      text('MasterLabel', 'Master Label', 255, { nameField: true }),
      text('ApiName', 'API Name', 255),
      integer('SortOrder', 'Sort Order'),
      checkbox('IsDefault', 'Is Default'),
      checkbox('IsClosed', 'Is Closed'),
      ...auditFields(),
    ],
    CATALOGUE,
  );

const defineOpportunityStage = (): ObjectDefinition =>
  defineObject(
    'OpportunityStage',
    'Opportunity Stage',
    '01J',
    [
      idField('Opportunity Stage ID'),
      text('MasterLabel', 'Master Label', 255, { nameField: true }),
      text('ApiName', 'API Name', 255),
      checkbox('IsActive', 'Is Active'),
      checkbox('IsClosed', 'Is Closed'),
      checkbox('IsWon', 'Is Won'),
      text('ForecastCategoryName', 'Forecast Category Name', 255),
      integer('DefaultProbability', 'Probability (%)', 3),
      integer('SortOrder', 'Sort Order'),
      ...auditFields(),
    ],
    CATALOGUE,
  );

const defineGroup = (): ObjectDefinition =>
  defineObject(
    'Group',
    'Group',
    '00G',
    [
      idField('Group ID'),
      text('Name', 'Name', 40, { ...REQUIRED, nameField: true }),
      text('DeveloperName', 'Developer Name', 80),
      picklist('Type', 'Type', ['Regular', 'Queue', 'Role', 'Organization'], { restrictedPicklist: true }),
      email('Email', 'Email'),
      ...auditFields(),
    ],
    SETUP,
  );

export const defineSetupObjects = (): ObjectDefinition[] => [
  defineUser(),
  defineProfile(),
  defineOrganization(),
  defineRecordType(),
  defineTaskStatus(),
  defineOpportunityStage(),
  defineGroup(),
];
