import { describe, expect, it } from 'vitest';
import { isSalesforceId, toLongId } from '#connectors/salesforce/salesforce-id.ts';

describe('toLongId', () => {
  it.each([
    ['001A0000006Vm9r', '001A0000006Vm9rIAC'],
    ['00D000000000062', '00D000000000062EAA'],
    ['a0B3000000AbCdE', 'a0B3000000AbCdEEAV'],
  ])('adds the suffix that says which letters of %s are capitals', (short, long) => {
    expect(toLongId(short)).toBe(long);
  });

  it('leaves an id of 18 characters as it is', () => {
    expect(toLongId('001A0000006Vm9rIAC')).toBe('001A0000006Vm9rIAC');
  });

  it('leaves text alone that is no id', () => {
    expect(toLongId('not an id')).toBe('not an id');
  });
});

it('knows an id by its length and letters', () => {
  expect(isSalesforceId('001A0000006Vm9r')).toBe(true);
  expect(isSalesforceId("001A0000006Vm9'")).toBe(false);
  expect(isSalesforceId('001A0000006Vm9rI')).toBe(false);
});
