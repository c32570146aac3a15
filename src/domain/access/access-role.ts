// What people and programs that call the service may do: three roles, each with all rights of the one before.

export const ACCESS_ROLES = ['viewer', 'marketer', 'admin'] as const;
export type AccessRole = (typeof ACCESS_ROLES)[number];

/** The only comparison of roles there is. */
export function isAllowed(role: AccessRole, needed: AccessRole): boolean {
  return ACCESS_ROLES.indexOf(role) >= ACCESS_ROLES.indexOf(needed);
}
