// What every part of `setup` is handed, and how a part tells what it did.
import type { CrmIdentity, InstallRequest, InstallStep } from '#ports/crm.ts';
import type { SalesforceClient } from '../call/salesforce-client.ts';
import type { SchemaReader } from '../schema/schema-reader.ts';
import type { MetadataDocument, MetadataStore, MetadataType } from './metadata-store.ts';

export interface InstallParts {
  readonly client: SalesforceClient;
  readonly schema: SchemaReader;
  readonly metadata: MetadataStore;
  readonly identify: () => Promise<CrmIdentity>;
  readonly request: InstallRequest;
}

export interface PlannedDocument {
  /** As people know it. */
  readonly name: string;
  readonly document: MetadataDocument;
  readonly change: 'create' | 'change';
  readonly detail?: string;
}

/** Saves what is missing or different, or says what it would do. */
export const saveDocuments = async (
  { metadata, request }: InstallParts,
  what: string,
  type: MetadataType,
  planned: readonly PlannedDocument[],
): Promise<readonly InstallStep[]> => {
  const describeStep = (
    plan: PlannedDocument,
    result: InstallStep['result'],
    detail?: string,
  ): InstallStep => ({
    what,
    name: plan.name,
    result,
    ...(detail === undefined ? {} : { detail }),
  });
  if (request.dryRun)
    return planned.map((plan) =>
      describeStep(plan, plan.change === 'create' ? 'would_create' : 'would_change', plan.detail),
    );
  const saved = await metadata.upsert(
    type,
    planned.map(({ document }) => document),
  );
  const problems = new Map(saved.map(({ fullName, problem }) => [fullName, problem]));
  return planned.map((plan) => {
    const problem = problems.get(plan.document.fullName);
    if (problem === null)
      return describeStep(plan, plan.change === 'create' ? 'created' : 'changed', plan.detail);
    return describeStep(plan, 'failed', problem ?? 'Salesforce gave no answer for it');
  });
};
