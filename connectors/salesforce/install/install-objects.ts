// Makes the objects of our own that fields hang on, before their fields.
import type { InstallStep } from '#ports/crm.ts';
import { labelOf } from './field-documents.ts';
import { type InstallParts, type PlannedDocument, saveDocuments } from './install-parts.ts';

export const installObjects = async (parts: InstallParts): Promise<readonly InstallStep[]> => {
  const names = [...new Set(parts.request.fields.map(({ crmObject }) => crmObject))].filter((name) =>
    name.endsWith('__c'),
  );
  const standing = await parts.metadata.read('CustomObject', names);
  const present = names.filter((name) => standing.has(name));
  const missing = names.filter((name) => !standing.has(name));
  return [
    ...present.map((name): InstallStep => ({ what: 'object', name, result: 'present' })),
    ...(await saveDocuments(parts, 'object', 'CustomObject', missing.map(planObject))),
  ];
};

const planObject = (name: string): PlannedDocument => ({
  name,
  change: 'create',
  document: {
    fullName: name,
    label: labelOf(name),
    pluralLabel: `${labelOf(name)}s`,
    nameField: { type: 'AutoNumber', label: 'Number', displayFormat: 'T-{00000000}' },
    deploymentStatus: 'Deployed',
    // Salesforce turns it into "controlled by parent" when the master-detail field is made.
    sharingModel: 'ReadWrite',
    enableReports: true,
    enableSearch: true,
  },
});
