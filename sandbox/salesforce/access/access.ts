// What a user may see and do: object rights and field-level security, from the permission sets assigned to them.
// Standard fields come with the profile; a custom field nobody granted does not exist for the user.
import type { Field } from '../objects/field.ts';
import type { ObjectDefinition } from '../objects/object-definition.ts';

export const OBJECT_RIGHTS = ['read', 'create', 'edit', 'delete'] as const;
export type ObjectRight = (typeof OBJECT_RIGHTS)[number];

export interface Access {
  allows(object: ObjectDefinition, right: ObjectRight): boolean;
  sees(object: ObjectDefinition, field: Field): boolean;
  edits(object: ObjectDefinition, field: Field): boolean;
}

/** The platform itself, and the people whose edits a test plays. */
export const UNRESTRICTED: Access = {
  allows: () => true,
  sees: () => true,
  edits: () => true,
};
