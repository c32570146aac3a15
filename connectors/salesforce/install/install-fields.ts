// Makes the fields that are missing and extends those that are too small. One that stands and will do is left alone.
import type { FieldToInstall, InstallStep } from '#ports/crm.ts';
import { compareField, fieldFullName, isMasterDetail, toFieldDocument } from './field-documents.ts';
import { type InstallParts, type PlannedDocument, saveDocuments } from './install-parts.ts';

export const installFields = async (parts: InstallParts): Promise<readonly InstallStep[]> => {
  // Two objects that share Activity's fields must not ask for one field twice.
  const fields = new Map(parts.request.fields.map((field) => [fieldFullName(field), field]));
  const standing = await parts.metadata.read('CustomField', [...fields.keys()]);
  const steps: InstallStep[] = [];
  const parents: PlannedDocument[] = [];
  const others: PlannedDocument[] = [];
  for (const [name, field] of fields) {
    const document = standing.get(name);
    const plan = document === undefined ? planNew(name, field) : compareField(field, document);
    if ('change' in plan) (isMasterDetail(field) ? parents : others).push(plan);
    else if (plan.fit === 'good') steps.push({ what: 'field', name, result: 'present' });
    else if (plan.fit === 'never') steps.push({ what: 'field', name, result: 'failed', detail: plan.detail });
    else others.push({ name, document: plan.document, change: 'change', detail: plan.detail });
  }
  // A master-detail field can only be made while the object is empty: first of all.
  for (const planned of [parents, others])
    steps.push(...(await saveDocuments(parts, 'field', 'CustomField', planned)));
  return steps;
};

const planNew = (name: string, field: FieldToInstall): PlannedDocument => ({
  name,
  document: toFieldDocument(field),
  change: 'create',
});
