// What HubSpot does differently from object to object: names, stamps, merges. Knows no mapping and makes no call.

export interface HubspotObjectType {
  /** As it stands in paths. */
  readonly path: string;
  /** HubSpot's own number of the type. */
  readonly typeId: string | null;
  /** The property that every change of a record moves; contacts are the odd ones. */
  readonly modifiedProperty: string;
  /** People can merge two records of it; the survivor lists what it swallowed in `hs_merged_object_ids`. */
  readonly merges: boolean;
}

export const MERGED_IDS_PROPERTY = 'hs_merged_object_ids';
export const ID_PROPERTY = 'hs_object_id';

const KNOWN_TYPES: readonly (HubspotObjectType & { readonly singular: string })[] = [
  {
    path: 'contacts',
    singular: 'contact',
    typeId: '0-1',
    modifiedProperty: 'lastmodifieddate',
    merges: true,
  },
  {
    path: 'companies',
    singular: 'company',
    typeId: '0-2',
    modifiedProperty: 'hs_lastmodifieddate',
    merges: true,
  },
  { path: 'deals', singular: 'deal', typeId: '0-3', modifiedProperty: 'hs_lastmodifieddate', merges: true },
  { path: 'tasks', singular: 'task', typeId: '0-27', modifiedProperty: 'hs_lastmodifieddate', merges: false },
];

/** Accepts `companies`, `company` and `0-2`; any other name is a custom object's and is taken as it is. */
export function findObjectType(crmObject: string): HubspotObjectType {
  const name = crmObject.trim().toLowerCase();
  const known = KNOWN_TYPES.find(
    ({ path, singular, typeId }) => name === path || name === singular || name === typeId,
  );
  return (
    known ?? { path: crmObject.trim(), typeId: null, modifiedProperty: 'hs_lastmodifieddate', merges: false }
  );
}
