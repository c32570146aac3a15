// Campaign and its members; the run-as user counts as a marketing user.
import {
  checkbox,
  day,
  integer,
  longText,
  money,
  picklist,
  READ_ONLY,
  REQUIRED,
  reference,
  text,
} from './field-builders.ts';
import { defineObject, type ObjectDefinition } from './object-definition.ts';
import { CAMPAIGN_MEMBER_STATUSES, CAMPAIGN_STATUSES, CAMPAIGN_TYPES } from './picklist-values.ts';
import { auditFields, idField, isDeletedField, ownerField, viewedFields } from './system-fields.ts';

const MEMBER_STATUSES = CAMPAIGN_MEMBER_STATUSES.map((status) => status.value);

export const defineCampaign = (): ObjectDefinition =>
  defineObject('Campaign', 'Campaign', '701', [
    idField('Campaign ID'),
    isDeletedField(),
    text('Name', 'Name', 80, { ...REQUIRED, nameField: true }),
    reference('ParentId', 'Parent Campaign ID', ['Campaign'], { childRelationshipName: 'ChildCampaigns' }),
    picklist('Type', 'Type', CAMPAIGN_TYPES),
    picklist('Status', 'Status', CAMPAIGN_STATUSES, { defaultedOnCreate: true, defaultValue: 'Planned' }),
    day('StartDate', 'Start Date'),
    day('EndDate', 'End Date'),
    money('BudgetedCost', 'Budgeted Cost in Campaign'),
    money('ActualCost', 'Actual Cost in Campaign'),
    integer('NumberOfContacts', 'Contacts in Campaign', 8, READ_ONLY),
    checkbox('IsActive', 'Active'),
    longText('Description', 'Description'),
    ownerField(),
    ...auditFields(),
    ...viewedFields(),
  ]);

export const defineCampaignMember = (): ObjectDefinition =>
  defineObject(
    'CampaignMember',
    'Campaign Member',
    '00v',
    [
      idField('Campaign Member ID'),
      isDeletedField(),
      reference('CampaignId', 'Campaign ID', ['Campaign'], {
        ...REQUIRED,
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        deleteRule: 'cascade',
      }),
      reference('ContactId', 'Contact ID', ['Contact'], {
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        deleteRule: 'cascade',
      }),
      reference('LeadId', 'Lead ID', ['Lead'], {
        updateable: false,
        childRelationshipName: 'CampaignMembers',
        deleteRule: 'cascade',
      }),
      picklist('Status', 'Status', MEMBER_STATUSES, {
        restrictedPicklist: true,
        defaultedOnCreate: true,
        defaultValue: 'Sent',
      }),
      checkbox('HasResponded', 'Responded', READ_ONLY),
      day('FirstRespondedDate', 'First Responded Date', READ_ONLY),
      ...auditFields(),
    ],
    {
      uniqueTogether: [
        ['CampaignId', 'ContactId'],
        ['CampaignId', 'LeadId'],
      ],
    },
  );
