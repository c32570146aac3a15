// `setup`: brings the org to where our fields stand, are granted, assigned, shown, and seen by the connected user. A second run
// changes nothing. Every part reads before it writes, and a dry run only reads.
import type { CrmIdentity, FieldToInstall, InstallReport, InstallRequest, InstallStep } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import { findField } from '../schema/describe-answer.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';
import { listByHand } from './by-hand.ts';
import { fieldFullName } from './field-documents.ts';
import { installFields } from './install-fields.ts';
import { installLayouts } from './install-layouts.ts';
import { installObjects } from './install-objects.ts';
import type { InstallParts } from './install-parts.ts';
import { assignPermissionSet, findAssignees, installPermissionSets } from './install-permissions.ts';
import { createMetadataStore } from './metadata-store.ts';
import { INTEGRATION_SET, USER_SET } from './permission-documents.ts';

export interface InstallDependencies {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
  readonly identify: () => Promise<CrmIdentity>;
}

export const install = async (
  dependencies: InstallDependencies,
  request: InstallRequest,
): Promise<InstallReport> => {
  const parts: InstallParts = {
    ...dependencies,
    request,
    metadata: createMetadataStore(dependencies.client),
  };
  const steps: InstallStep[] = [...(await installObjects(parts)), ...(await installFields(parts))];
  const standing = fieldsThatStand(request, steps);
  steps.push(...(await installPermissionSets(parts, standing)));

  const { actor } = await parts.identify();
  const self = actor === null ? [] : [{ id: actor, name: 'the connected user' }];
  steps.push(...(await assignPermissionSet(parts, INTEGRATION_SET, self)));
  const people = await findAssignees(parts);
  steps.push(...people.steps, ...(await assignPermissionSet(parts, USER_SET, people.assignees)));

  const layouts = await installLayouts(parts, standing);
  steps.push(...layouts.steps);
  if (!request.dryRun) {
    parts.schema.forget();
    steps.push(...(await verify(parts)));
  }
  const withRecordTypes = await objectsWithRecordTypes(parts);
  const byHand = listByHand({
    request,
    steps,
    withoutRelatedList: layouts.withoutRelatedList,
    withRecordTypes,
  });
  return { steps, byHand };
};

const fieldsThatStand = (
  { fields }: InstallRequest,
  steps: readonly InstallStep[],
): readonly FieldToInstall[] => {
  const failed = new Set(
    steps.filter(({ what, result }) => what === 'field' && result === 'failed').map(({ name }) => name),
  );
  return fields.filter((field) => !failed.has(fieldFullName(field)));
};

/** The proof of grants and assignment: what the connected user is shown. */
const verify = async ({ schema, request }: InstallParts): Promise<readonly InstallStep[]> => {
  const steps: InstallStep[] = [];
  for (const crmObject of new Set(request.fields.map((field) => field.crmObject))) {
    const object = await schema.describe(crmObject);
    const hidden = request.fields
      .filter((field) => field.crmObject === crmObject)
      .filter(({ name }) => object === null || findField(object, name) === undefined)
      .map(({ name }) => name);
    steps.push(
      hidden.length === 0
        ? { what: 'access', name: crmObject, result: 'present' }
        : {
            what: 'access',
            name: crmObject,
            result: 'failed',
            detail: `the connected user does not see ${hidden.join(', ')}`,
          },
    );
  }
  return steps;
};

const objectsWithRecordTypes = async ({ schema, request }: InstallParts): Promise<readonly string[]> => {
  const withChoices = request.fields.filter(
    ({ type }) => type.kind === 'choice' || type.kind === 'multi_choice',
  );
  const found: string[] = [];
  for (const crmObject of new Set(withChoices.map((field) => field.crmObject))) {
    const object = await schema.describe(crmObject);
    if (object?.hasRecordTypes === true) found.push(crmObject);
  }
  return found;
};
