// Makes and undoes associations by HubSpot's rules: one primary company, roll-ups at both ends.
import { OBJECT_TYPE_NAMES, type ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { primaryCompanyId, refreshRollups } from '#sandbox/hubspot/portal/rollups.ts';
import {
  type AssociationType,
  findAssociationType,
  plainAssociationType,
  primaryAssociationType,
} from './association-types.ts';

/** Adds one type between two records; both must exist. */
export const associate = (portal: PortalState, type: AssociationType, fromId: string, toId: string): void => {
  const owned = asSeenFromOwner(type, fromId, toId);
  if (owned === null) portal.associations.link(type, fromId, toId, portal.now());
  else linkCompany(portal, owned.type, owned.ownerId, owned.companyId);
  refreshEnds(portal, type.from, fromId, type.to, toId);
};

/** Takes some types, or all of them, off a pair. */
export const dissociate = (
  portal: PortalState,
  from: ObjectTypeName,
  fromId: string,
  to: ObjectTypeName,
  toId: string,
  typeIds: ReadonlySet<number> | null = null,
): void => {
  const pair = portal.associations.targets(from, fromId, to).find(({ id }) => id === toId);
  if (pair === undefined) return;
  for (const typeId of pair.typeIds) {
    const type = findAssociationType(typeId);
    if (type !== null && (typeIds === null || typeIds.has(typeId)))
      portal.associations.unlink(type, fromId, toId);
  }
  refreshEnds(portal, from, fromId, to, toId);
};

/** What a write of `associatedcompanyid` does: null takes the primary mark away and leaves the association. */
export const setPrimaryCompany = (portal: PortalState, contactId: string, companyId: string | null): void => {
  const primary = primaryAssociationType('contacts', 'companies');
  if (primary === null) return;
  if (companyId !== null) {
    associate(portal, primary, contactId, companyId);
    return;
  }
  const current = primaryCompanyId(portal, 'contacts', contactId);
  if (current !== null)
    dissociate(portal, 'contacts', contactId, 'companies', current, new Set([primary.typeId]));
};

/** Lets every neighbour of a record count it anew: it was archived, restored or edited. */
export const refreshNeighbours = (portal: PortalState, type: ObjectTypeName, id: string): void => {
  for (const to of OBJECT_TYPE_NAMES) {
    for (const pair of portal.associations.targets(type, id, to)) {
      const neighbour = portal.tables[to].find(pair.id);
      if (neighbour !== null) refreshRollups(portal, to, neighbour);
    }
  }
};

interface OwnedPair {
  readonly type: AssociationType;
  readonly ownerId: string;
  readonly companyId: string;
}

// Contacts and deals have one primary company; seen from the company the same pair is turned round.
const asSeenFromOwner = (type: AssociationType, fromId: string, toId: string): OwnedPair | null => {
  if (type.to === 'companies' && hasPrimaryCompany(type.from))
    return { type, ownerId: fromId, companyId: toId };
  const inverse = findAssociationType(type.inverseTypeId);
  if (type.from === 'companies' && hasPrimaryCompany(type.to) && inverse !== null) {
    return { type: inverse, ownerId: toId, companyId: fromId };
  }
  return null;
};

const hasPrimaryCompany = (name: ObjectTypeName): name is 'contacts' | 'deals' =>
  name === 'contacts' || name === 'deals';

const linkCompany = (
  portal: PortalState,
  asked: AssociationType,
  ownerId: string,
  companyId: string,
): void => {
  const plain = plainAssociationType(asked.from, 'companies');
  const primary = primaryAssociationType(asked.from, 'companies');
  if (plain === null || primary === null || !hasPrimaryCompany(asked.from)) return;
  const { associations } = portal;
  const current = primaryCompanyId(portal, asked.from, ownerId);
  associations.link(plain, ownerId, companyId, portal.now());
  // The first company of a contact or deal becomes its primary one.
  if (asked.typeId !== primary.typeId && current !== null) return;
  if (current !== null && current !== companyId) {
    associations.unlink(primary, ownerId, current);
    associations.link(primary, ownerId, companyId, portal.now());
    const former = portal.tables.companies.find(current);
    if (former !== null) refreshRollups(portal, 'companies', former);
    return;
  }
  associations.link(primary, ownerId, companyId, portal.now());
};

const refreshEnds = (
  portal: PortalState,
  from: ObjectTypeName,
  fromId: string,
  to: ObjectTypeName,
  toId: string,
): void => {
  const ends = [
    [from, fromId],
    [to, toId],
  ] as const;
  for (const [type, id] of ends) {
    const record = portal.tables[type].find(id);
    if (record !== null) refreshRollups(portal, type, record);
  }
};
