// Every path of HubSpot's API that we call, with its dated version in this one place.
// The vendor client's own methods know only paths that end in 2027 (v1, v3, v4), so none of them is used.

export interface HubspotPaths {
  readonly accountDetails: string;
  readonly token: string;
  readonly owners: string;
  record(objectPath: string, id: string): string;
  list(objectPath: string): string;
  search(objectPath: string): string;
  batch(objectPath: string, verb: 'read' | 'create' | 'update' | 'archive'): string;
  associations(fromPath: string, toPath: string): string;
  properties(objectPath: string): string;
  property(objectPath: string, name: string): string;
  propertyBatchCreate(objectPath: string): string;
  propertyGroups(objectPath: string): string;
}

/** Versions ship each March and September and are supported for 18 months. */
export function hubspotPaths(version: string): HubspotPaths {
  const objects = (objectPath: string): string => `/crm/objects/${version}/${encodeURIComponent(objectPath)}`;
  const properties = (objectPath: string): string =>
    `/crm/properties/${version}/${encodeURIComponent(objectPath)}`;
  return {
    accountDetails: `/account-info/${version}/details`,
    token: `/oauth/${version}/token`,
    owners: `/crm/owners/${version}`,
    record: (objectPath, id) => `${objects(objectPath)}/${encodeURIComponent(id)}`,
    list: objects,
    search: (objectPath) => `${objects(objectPath)}/search`,
    batch: (objectPath, verb) => `${objects(objectPath)}/batch/${verb}`,
    associations: (fromPath, toPath) =>
      `/crm/associations/${version}/${encodeURIComponent(fromPath)}/${encodeURIComponent(toPath)}/batch/read`,
    properties,
    property: (objectPath, name) => `${properties(objectPath)}/${encodeURIComponent(name)}`,
    propertyBatchCreate: (objectPath) => `${properties(objectPath)}/batch/create`,
    propertyGroups: (objectPath) => `${properties(objectPath)}/groups`,
  };
}
