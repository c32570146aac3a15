// Reads what a value of the CRM's own role field says. Of several values, which one counts is the policy's to say.
import type { BuyingRole } from './buying-role.ts';
import type { RoleCatalogue } from './role-catalogue.ts';

/** Comparable form of a CRM's role value. */
export function foldRoleValue(value: string): string {
  return value.normalize('NFKC').trim().toLowerCase();
}

/** null when the value says nothing about a role, or when nobody mapped it. */
export function readCrmRole(crm: string, value: string, { crmRoles }: RoleCatalogue): BuyingRole | null {
  return crmRoles.get(crm)?.get(foldRoleValue(value)) ?? null;
}
