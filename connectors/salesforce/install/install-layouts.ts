// Puts our fields where sales looks: a section on the page layouts that were named.
import type { FieldToInstall, InstallStep } from '#ports/crm.ts';
import { type InstallParts, type PlannedDocument, saveDocuments } from './install-parts.ts';
import { missingOnLayout, showsRelatedList, withFields } from './layout-document.ts';

export interface LayoutReport {
  readonly steps: readonly InstallStep[];
  /** Account layouts without the list of our child rows. */
  readonly withoutRelatedList: readonly string[];
}

export const installLayouts = async (
  parts: InstallParts,
  fields: readonly FieldToInstall[],
): Promise<LayoutReport> => {
  const { layouts } = parts.request;
  if (layouts !== 'all' && layouts.length === 0) return { steps: [], withoutRelatedList: [] };
  const objects = [...new Set(fields.map(({ crmObject }) => crmObject))];
  const names = await parts.metadata.listNames('Layout');
  const { chosen, steps } = chooseLayouts(parts, names, objects);
  const documents = await parts.metadata.read('Layout', [...chosen.keys()]);

  const planned: PlannedDocument[] = [];
  const withoutRelatedList: string[] = [];
  const child = objects.find((object) => object.endsWith('__c'));
  const account = accountObject(fields);
  for (const [fullName, document] of documents) {
    const object = chosen.get(fullName) ?? '';
    const name = readable(fullName);
    if (child !== undefined && object === account && !showsRelatedList(document, child))
      withoutRelatedList.push(name);
    const missing = missingOnLayout(
      document,
      fields.filter(({ crmObject }) => crmObject === object),
    );
    if (missing.length === 0) steps.push({ what: 'layout', name, result: 'present' });
    else
      planned.push({
        name,
        document: withFields(document, missing),
        change: 'change',
        detail: `adds ${missing.map((field) => field.name).join(', ')}`,
      });
  }
  steps.push(...(await saveDocuments(parts, 'layout', 'Layout', planned)));
  return { steps, withoutRelatedList };
};

const accountObject = (fields: readonly FieldToInstall[]): string =>
  fields.find(({ object }) => object === 'account')?.crmObject ?? 'Account';

/** The Metadata API writes `Account-Account %28Sales%29 Layout`. */
const readable = (fullName: string): string => {
  try {
    return decodeURIComponent(fullName);
  } catch {
    return fullName;
  }
};

const chooseLayouts = (
  { request }: InstallParts,
  names: readonly string[],
  objects: readonly string[],
): { chosen: ReadonlyMap<string, string>; steps: InstallStep[] } => {
  const ours = names.flatMap((fullName) => {
    const object = objects.find((candidate) => fullName.startsWith(`${candidate}-`));
    return object === undefined ? [] : [{ fullName, object, label: readable(fullName) }];
  });
  const chosen = new Map<string, string>();
  const steps: InstallStep[] = [];
  if (request.layouts === 'all') {
    const account = accountObject(request.fields);
    for (const { fullName, object } of ours) if (object === account) chosen.set(fullName, object);
    return { chosen, steps };
  }
  for (const wanted of request.layouts) {
    const found = ours.filter(({ fullName, object, label }) =>
      [fullName, label, label.slice(object.length + 1)].includes(wanted),
    );
    for (const { fullName, object } of found) chosen.set(fullName, object);
    if (found.length === 0)
      steps.push({
        what: 'layout',
        name: wanted,
        result: 'failed',
        detail: `no such layout; there are ${ours.map(({ label }) => label).join(', ')}`,
      });
  }
  return { chosen, steps };
};
