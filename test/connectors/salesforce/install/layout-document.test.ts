import { describe, expect, it } from 'vitest';
import {
  missingOnLayout,
  showsRelatedList,
  withFields,
} from '#connectors/salesforce/install/layout-document.ts';
import type { FieldToInstall } from '#ports/crm.ts';

const field = (name: string, editableByUsers = false): FieldToInstall => ({
  object: 'account',
  crmObject: 'Account',
  name,
  label: name,
  description: '',
  type: { kind: 'date' },
  editableByUsers,
});
const item = (name: string) => ({ behavior: 'Edit', field: name });
const section = (label: string, ...columns: object[][]) => ({
  label,
  layoutColumns: columns.map((layoutItems) => ({ layoutItems })),
  style: 'TwoColumnsTopToBottom',
});
const layout = (...layoutSections: object[]) => ({
  fullName: 'Account-Account Layout',
  layoutSections,
  relatedLists: [{ relatedList: 'RelatedContactList' }],
});

describe('withFields', () => {
  it('makes our section below the first one', () => {
    const made = withFields(layout(section('Information', [item('Name')]), section('Address', [])), [
      field('A__c'),
      field('B__c', true),
      field('C__c'),
    ]);
    const sections = made['layoutSections'] as readonly { label: string; layoutColumns: object[] }[];
    expect(sections.map(({ label }) => label)).toEqual(['Information', 'Tierline', 'Address']);
    expect(sections[1]?.layoutColumns).toEqual([
      {
        layoutItems: [
          { behavior: 'Readonly', field: 'A__c' },
          { behavior: 'Readonly', field: 'C__c' },
        ],
      },
      { layoutItems: [{ behavior: 'Edit', field: 'B__c' }] },
    ]);
    expect(made['relatedLists']).toEqual([{ relatedList: 'RelatedContactList' }]);
  });

  it('adds to our section where people have put it', () => {
    const standing = layout(
      section('Information', []),
      section('Address', []),
      section('Tierline', [item('A__c')], []),
    );
    const sections = withFields(standing, [field('B__c')])['layoutSections'] as readonly { label: string }[];
    expect(sections.map(({ label }) => label)).toEqual(['Information', 'Address', 'Tierline']);
    expect(sections[2]).toMatchObject({
      layoutColumns: [{ layoutItems: [item('A__c')] }, { layoutItems: [{ field: 'B__c' }] }],
    });
  });
});

describe('missingOnLayout', () => {
  it('leaves a field where people have put it', () => {
    const standing = layout(section('Information', [item('A__c')]));
    expect(missingOnLayout(standing, [field('A__c'), field('B__c')]).map(({ name }) => name)).toEqual([
      'B__c',
    ]);
  });

  it('reads a layout whose lists hold one part, as XML gives them', () => {
    const standing = {
      fullName: 'x',
      layoutSections: { label: 'Information', layoutColumns: { layoutItems: item('A__c') } },
    };
    expect(missingOnLayout(standing, [field('A__c')])).toEqual([]);
  });
});

it('knows whether a layout lists our rows', () => {
  const standing = { fullName: 'x', relatedLists: [{ relatedList: 'Tierline_Program__c.Account__c' }] };
  expect(showsRelatedList(standing, 'Tierline_Program__c')).toBe(true);
  expect(showsRelatedList(layout(), 'Tierline_Program__c')).toBe(false);
});
