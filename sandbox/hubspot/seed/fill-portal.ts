// Fills a portal from an invented world: owners, companies, contacts, deals and how they belong together.
// Everything is older than the portal's first request, so nothing waits for the search index.
import {
  type AssociationType,
  CHILD_TO_PARENT_COMPANY,
  findAssociationType,
  plainAssociationType,
  primaryAssociationType,
} from '#sandbox/hubspot/associations/association-types.ts';
import { addRecord } from '#sandbox/hubspot/portal/commit-changes.ts';
import { OBJECT_TYPE_NAMES, type ObjectTypeName } from '#sandbox/hubspot/portal/object-types.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { type HubRecord, IMPORT_ACTOR, type RecordValues } from '#sandbox/hubspot/portal/record.ts';
import { rollupsOf } from '#sandbox/hubspot/portal/rollups.ts';
import type { World } from '#sandbox/world/world.ts';
import { companyValues, contactValues, dealValues, ownerOf } from './from-world.ts';

export const fillPortal = (portal: PortalState, world: World): void => {
  const ownerIds = world.users.map((user) => {
    const owner = ownerOf(user, world.asOf);
    portal.owners.put(owner);
    return owner.id;
  });
  const companies = fillCompanies(portal, world, ownerIds);
  const contacts = fillContacts(portal, world, ownerIds, companies);
  fillDeals(portal, world, ownerIds, companies, contacts);
  for (const type of OBJECT_TYPE_NAMES) {
    for (const record of portal.tables[type].all()) showWithRollups(portal, type, record);
  }
};

type ByIndex = ReadonlyMap<number, HubRecord>;

const fillCompanies = (portal: PortalState, world: World, ownerIds: readonly string[]): ByIndex => {
  const made = new Map<number, HubRecord>();
  for (const company of world.companies) {
    if (!company.crms.includes('hubspot')) continue;
    const ownerId = company.ownerIndex === null ? null : (ownerIds[company.ownerIndex] ?? null);
    made.set(company.index, add(portal, 'companies', companyValues(company, ownerId), company));
  }
  const parentOf = findAssociationType(CHILD_TO_PARENT_COMPANY);
  for (const company of world.companies) {
    const child = made.get(company.index);
    const parent = company.parentIndex === null ? undefined : made.get(company.parentIndex);
    link(portal, parentOf, child, parent);
  }
  return made;
};

const fillContacts = (
  portal: PortalState,
  world: World,
  ownerIds: readonly string[],
  companies: ByIndex,
): ByIndex => {
  const made = new Map<number, HubRecord>();
  for (const person of world.people) {
    if (!person.crms.includes('hubspot')) continue;
    // A portal holds an address once; the world may have typed it for two people.
    const taken = person.email !== null && portal.unique.contacts.holderOf('email', person.email) !== null;
    const company = person.companyIndex === null ? undefined : companies.get(person.companyIndex);
    const ownerIndex = person.companyIndex === null ? null : world.companies[person.companyIndex]?.ownerIndex;
    const ownerId = ownerIndex === null || ownerIndex === undefined ? null : (ownerIds[ownerIndex] ?? null);
    const contact = add(
      portal,
      'contacts',
      contactValues(
        taken ? { ...person, email: null } : person,
        company?.values.get('name') ?? null,
        ownerId,
      ),
      person,
    );
    made.set(person.index, contact);
    link(portal, plainAssociationType('contacts', 'companies'), contact, company);
    link(portal, primaryAssociationType('contacts', 'companies'), contact, company);
  }
  return made;
};

const fillDeals = (
  portal: PortalState,
  world: World,
  ownerIds: readonly string[],
  companies: ByIndex,
  contacts: ByIndex,
): void => {
  for (const deal of world.deals) {
    if (!deal.crms.includes('hubspot')) continue;
    const company = companies.get(deal.companyIndex);
    const ownerIndex = world.companies[deal.companyIndex]?.ownerIndex ?? null;
    const ownerId = ownerIndex === null ? null : (ownerIds[ownerIndex] ?? null);
    const record = add(portal, 'deals', dealValues(deal, ownerId), deal);
    link(portal, plainAssociationType('deals', 'companies'), record, company);
    link(portal, primaryAssociationType('deals', 'companies'), record, company);
    for (const index of deal.peopleIndexes)
      link(portal, plainAssociationType('deals', 'contacts'), record, contacts.get(index));
  }
};

const add = (
  portal: PortalState,
  type: ObjectTypeName,
  values: RecordValues,
  { createdAt, modifiedAt }: { readonly createdAt: Date; readonly modifiedAt: Date },
): HubRecord =>
  addRecord(portal, type, values, IMPORT_ACTOR, {
    createdAtMs: createdAt.getTime(),
    updatedAtMs: modifiedAt.getTime(),
  });

const link = (
  portal: PortalState,
  type: AssociationType | null,
  from: HubRecord | undefined,
  to: HubRecord | undefined,
): void => {
  if (type !== null && from !== undefined && to !== undefined)
    portal.associations.link(type, from.id, to.id, from.createdAtMs);
};

// Straight onto the record: counting neighbours for the first time is no modification.
const showWithRollups = (portal: PortalState, type: ObjectTypeName, record: HubRecord): void => {
  const values = new Map(record.values);
  for (const [name, value] of rollupsOf(portal, type, record)) if (value !== null) values.set(name, value);
  record.values = values;
  record.indexed = values;
};
