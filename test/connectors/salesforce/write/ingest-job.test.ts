import { expect, it } from 'vitest';
import { readBulkError } from '#connectors/salesforce/write/ingest-job.ts';

it.each([
  [
    'UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--',
    { code: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
  ],
  [
    'REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --',
    { code: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] },
  ],
  [
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST:Tier: bad value for restricted picklist field: Gold:Tier__c --',
    {
      code: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: 'Tier: bad value for restricted picklist field: Gold',
      fields: ['Tier__c'],
    },
  ],
  [
    'STRING_TOO_LONG:a:A__c,B__c --;OTHER:b:--',
    { code: 'STRING_TOO_LONG', message: 'a', fields: ['A__c', 'B__c'] },
  ],
  ['something else', { code: 'UNKNOWN_EXCEPTION', message: 'something else', fields: [] }],
])('reads %s', (text, expected) => {
  expect(readBulkError(text)).toEqual(expected);
});
