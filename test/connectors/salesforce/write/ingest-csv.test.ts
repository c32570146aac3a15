import { describe, expect, it } from 'vitest';
import { fitsCsv, toIngestCsv } from '#connectors/salesforce/write/ingest-csv.ts';
import type { CrmChange, CrmFields } from '#ports/crm.ts';

const change = (fields: CrmFields): CrmChange => ({ changeId: 'c', recordId: '001A0000006Vm9r', fields });

describe('toIngestCsv', () => {
  it('gives rows of different fields one header: an empty cell leaves a field alone', () => {
    expect(toIngestCsv([change({ A__c: 'x' }), change({ B__c: 2 })])).toBe(
      'Id,A__c,B__c\n001A0000006Vm9rIAC,x,\n001A0000006Vm9rIAC,,2\n',
    );
  });

  it('clears a field by the word that clears', () => {
    expect(toIngestCsv([change({ A__c: null, B__c: '' })])).toBe(
      'Id,A__c,B__c\n001A0000006Vm9rIAC,#N/A,#N/A\n',
    );
  });

  it('quotes commas, quotes and line ends', () => {
    expect(toIngestCsv([change({ A__c: 'a,"b"\nc' })])).toBe('Id,A__c\n001A0000006Vm9rIAC,"a,""b""\nc"\n');
  });

  it('writes booleans and numbers as Salesforce reads them', () => {
    expect(toIngestCsv([change({ A__c: true, B__c: 12.5 })])).toContain('true,12.5');
  });
});

it('does not let a text that reads as the clearing word into a file', () => {
  expect(fitsCsv(change({ A__c: '#N/A' }))).toBe(false);
  expect(fitsCsv(change({ A__c: 'N/A', B__c: null }))).toBe(true);
});
