// Reads the `associations` of a creation: to whom, and of which types.
import { invalidJson, invalidRequest } from '#sandbox/hubspot/answers/failures.ts';
import { isJsonObject, readId } from '#sandbox/hubspot/answers/read-request.ts';
import type { ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { type AssociationType, findAssociationType } from './association-types.ts';

export interface NewAssociation {
  readonly association: AssociationType;
  readonly toId: string;
}

export const readNewAssociations = (
  portal: PortalState,
  from: ObjectTypeName,
  value: unknown,
): readonly NewAssociation[] => {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw invalidJson('associations must be a list');
  return value.flatMap((item: unknown) => {
    if (!isJsonObject(item) || !isJsonObject(item['to'])) throw invalidJson('an association needs `to`');
    const toId = readId(item['to']['id']);
    if (toId === null) throw invalidJson('an association needs `to.id`');
    return readAssociationTypes(from, item['types']).map((association) => ({
      association,
      toId: liveId(portal, association.to, toId),
    }));
  });
};

/** `[{associationCategory, associationTypeId}]`, each a type that starts at `from`. */
export const readAssociationTypes = (from: ObjectTypeName, value: unknown): readonly AssociationType[] => {
  if (!Array.isArray(value) || value.length === 0) throw invalidJson('an association needs `types`');
  return value.map((item: unknown) => {
    const typeId = isJsonObject(item) ? Number(item['associationTypeId']) : Number.NaN;
    const type = findAssociationType(typeId);
    if (type === null || type.from !== from)
      throw invalidRequest(`Association type ${typeId} is not valid between these objects.`);
    return type;
  });
};

const liveId = (portal: PortalState, type: ObjectTypeName, id: string): string => {
  const record = portal.tables[type].find(id);
  if (record === null || record.archivedAtMs !== null)
    throw invalidRequest(`No ${type} record with id ${id} exists to associate with.`);
  return record.id;
};
