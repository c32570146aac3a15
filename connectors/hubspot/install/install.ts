// `setup` for HubSpot: a property group and properties for each object, one object after the other.
import type { InstallReport, InstallRequest, InstallStep } from '#ports/crm.ts';
import type { Portal } from '../call/portal.ts';
import { listWorkByHand } from './by-hand.ts';
import { installProperties } from './install-properties.ts';

export async function installInHubspot(portal: Portal, request: InstallRequest): Promise<InstallReport> {
  const steps: InstallStep[] = [];
  for (const crmObject of new Set(request.fields.map((field) => field.crmObject))) {
    const fields = request.fields.filter((field) => field.crmObject === crmObject);
    for await (const step of installProperties(portal, crmObject, fields, request.dryRun)) steps.push(step);
  }
  return { steps, byHand: listWorkByHand(request) };
}
