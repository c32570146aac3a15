// A CRM connection as the steps see it: the port, its mapping and what the CRM says of its own fields.
import type { CrmObject } from '#domain/record/objects.ts';
import type { CrmKind, CrmMapping } from '#mapping/fields/crm-mapping.ts';
import type { ObjectMapping } from '#mapping/fields/object-mapping.ts';
import type { Crm, CrmObjectSchema } from '#ports/crm.ts';

export interface ConnectedCrm {
  readonly id: string;
  readonly kind: CrmKind;
  readonly crm: Crm;
  readonly mapping: CrmMapping;
}

/** A mapping compared with the live schema: only fields that are there and that we may use. */
export interface LiveObject {
  readonly object: CrmObject;
  readonly mapping: ObjectMapping;
  readonly schema: CrmObjectSchema;
}

export type LiveObjects = ReadonlyMap<CrmObject, LiveObject>;
