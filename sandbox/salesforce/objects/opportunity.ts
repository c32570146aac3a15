// Opportunity and the role a contact plays in one.
import {
  checkbox,
  day,
  longText,
  money,
  percent,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import {
  CONTACT_ROLES,
  FORECAST_LABELS,
  LEAD_SOURCES,
  OPPORTUNITY_STAGES,
  OPPORTUNITY_TYPES,
} from './picklist-values.ts';
import {
  auditFields,
  idField,
  isDeletedField,
  ownerField,
  recordTypeField,
  viewedFields,
} from './system-fields.ts';

const DERIVED = { ...READ_ONLY, nillable: false, defaultedOnCreate: true, permissionable: false } as const;
const FORECASTS = Object.values(FORECAST_LABELS);

export const defineOpportunity = (): ObjectDefinition =>
  defineObject(
    'Opportunity',
    'Opportunity',
    '006',
    [
      idField('Opportunity ID'),
      isDeletedField(),
      reference('AccountId', 'Account ID', ['Account'], {
        childRelationshipName: 'Opportunities',
        deleteRule: 'cascade',
        permissionable: false,
      }),
      recordTypeField(),
      text('Name', 'Name', 120, { ...REQUIRED, nameField: true }),
      longText('Description', 'Description'),
      picklist(
        'StageName',
        'Stage',
        OPPORTUNITY_STAGES.map((stage) => stage.value),
        REQUIRED,
      ),
      money('Amount', 'Amount', { scale: 2 }),
      percent('Probability', 'Probability (%)', { defaultedOnCreate: true }),
      money('ExpectedRevenue', 'Expected Amount', { ...READ_ONLY, scale: 2, calculated: true }),
      day('CloseDate', 'Close Date', REQUIRED),
      picklist('Type', 'Opportunity Type', OPPORTUNITY_TYPES),
      text('NextStep', 'Next Step', 255),
      picklist('LeadSource', 'Lead Source', LEAD_SOURCES),
      checkbox('IsClosed', 'Closed', DERIVED),
      checkbox('IsWon', 'Won', DERIVED),
      picklist('ForecastCategory', 'Forecast Category', Object.keys(FORECAST_LABELS), {
        ...DERIVED,
        restrictedPicklist: true,
      }),
      picklist('ForecastCategoryName', 'Forecast Category', FORECASTS, {
        nillable: true,
        defaultedOnCreate: true,
        restrictedPicklist: true,
      }),
      reference('CampaignId', 'Campaign ID', ['Campaign'], { childRelationshipName: 'Opportunities' }),
      reference('ContactId', 'Contact ID', ['Contact'], { updateable: false, relationshipName: null }),
      checkbox('HasOpportunityLineItem', 'Has Line Item', DERIVED),
      ownerField(),
      ...auditFields(),
      ...viewedFields(),
    ],
    { labelPlural: 'Opportunities' },
  );

export const defineOpportunityContactRole = (): ObjectDefinition =>
  defineObject(
    'OpportunityContactRole',
    'Opportunity Contact Role',
    '00K',
    [
      idField('Contact Role ID'),
      isDeletedField(),
      reference('OpportunityId', 'Opportunity ID', ['Opportunity'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'OpportunityContactRoles',
        deleteRule: 'cascade',
      }),
      reference('ContactId', 'Contact ID', ['Contact'], {
        ...REQUIRED,
        childRelationshipName: 'OpportunityContactRoles',
        deleteRule: 'cascade',
      }),
      picklist('Role', 'Role', CONTACT_ROLES),
      checkbox('IsPrimary', 'Primary', { permissionable: false }),
      ...auditFields(),
    ],
    { uniqueTogether: [['OpportunityId', 'ContactId']] },
  );
