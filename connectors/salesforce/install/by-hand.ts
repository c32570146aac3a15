// What no API call of ours can do, or should not: told click by click.
import type { InstallRequest, InstallStep } from '#ports/crm.ts';
import { labelOf } from './field-documents.ts';

export interface ByHandFacts {
  readonly request: InstallRequest;
  readonly steps: readonly InstallStep[];
  readonly withoutRelatedList: readonly string[];
  /** Objects of ours that have record types beside the master one. */
  readonly withRecordTypes: readonly string[];
}

export const listByHand = ({
  request,
  steps,
  withoutRelatedList,
  withRecordTypes,
}: ByHandFacts): readonly string[] => {
  const list: string[] = [];
  const child = request.fields.find(({ crmObject }) => crmObject.endsWith('__c'))?.crmObject;
  if (child !== undefined) {
    const related = `drag "${labelOf(child)}s" from Related Lists onto the layout, then Save`;
    if (withoutRelatedList.length > 0)
      for (const layout of withoutRelatedList)
        list.push(
          `Setup > Object Manager > Account > Page Layouts > ${layout.replace(/^Account-/, '')}: ${related}.`,
        );
    else if (request.layouts !== 'all' && request.layouts.length === 0)
      list.push(`Setup > Object Manager > Account > Page Layouts > each layout that sales uses: ${related}.`);
  }
  if (request.layouts !== 'all' && request.layouts.length === 0)
    list.push(
      'Show the fields to sales: run setup again with --layouts, or Setup > Object Manager > Account > Page Layouts > the layout: drag the Tierline fields onto it, then Save.',
    );
  list.push(
    'Only if the account page uses Dynamic Forms: open an account, gear > Edit Page, add a Field Section with the Tierline fields, then Save and Activate. Page layouts do not show there.',
  );
  if (request.users.length === 0 && request.profile === null)
    list.push(
      'Setup > Permission Sets > Tierline User > Manage Assignments > Add Assignments: tick the sales people, then Assign. Or run setup with --users or --profile.',
    );
  for (const object of withRecordTypes)
    list.push(
      `Setup > Object Manager > ${object} > Record Types > each record type > each Tierline picklist > Edit: move all values to Selected, then Save. A value that a record type lacks is refused on its records.`,
    );
  list.push(
    'Only if sharing of accounts or contacts is private or read only: let the connected user edit them all, by a role above the owners (Setup > Roles) or "Modify All" in a permission set of your own.',
  );
  if (steps.some(({ what, result }) => what === 'assignment' && result === 'failed'))
    list.push(
      'Setup > Permission Sets > Tierline Integration > Manage Assignments > Add Assignments: choose the connected user; check that its licence allows the set.',
    );
  return list;
};
