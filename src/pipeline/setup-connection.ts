// `setup`: makes our own fields, grants and layout places in a CRM. Run twice it changes nothing.

import type { CrmMapping } from '#mapping/fields/crm-mapping.ts';
import { fieldsToInstall } from '#mapping/install/fields-to-install.ts';
import type { InstallReport } from '#ports/crm.ts';
import type { ConnectedCrm } from './connected-crm.ts';
import type { Session } from './session.ts';

export interface SetupOptions {
  readonly users: readonly string[];
  readonly profile: string | null;
  readonly layouts: readonly string[] | 'all';
  readonly dryRun: boolean;
}

/** @param shipped the shipped mapping of the same CRM: tells which fields still bear our own names */
export async function setupConnection(
  session: Session,
  connected: ConnectedCrm,
  shipped: CrmMapping,
  options: SetupOptions,
): Promise<InstallReport> {
  const { rules, settings } = session;
  const fields = fieldsToInstall(connected.mapping, shipped, rules.programs, settings.locale);
  return connected.crm.install({ fields, ...options });
}
