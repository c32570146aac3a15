// Puts the parts together into one `Crm`. Connecting makes no call: the first question asked does.
import type { Crm, CrmObjectSchema } from '#ports/crm.ts';
import { openPortal, type PortalParts } from './call/portal.ts';
import { installInHubspot } from './install/install.ts';
import { type HubspotOptions, SEARCH_PAGE_ROWS } from './options.ts';
import { pullFromHubspot } from './read/pull.ts';
import { readProperties, toObjectSchema } from './schema/describe.ts';
import { readOwners } from './schema/owners.ts';
import { applyToHubspot } from './write/apply.ts';

export function connectHubspot(options: HubspotOptions, parts: PortalParts): Crm {
  const portal = openPortal(options, parts);
  const schemas = new Map<string, Promise<CrmObjectSchema | null>>();

  const describe = (crmObject: string): Promise<CrmObjectSchema | null> => {
    const known = schemas.get(crmObject);
    if (known !== undefined) return known;
    const asked = readProperties(portal, crmObject).then((properties) =>
      properties === null ? null : toObjectSchema(crmObject, properties),
    );
    schemas.set(crmObject, asked);
    // A failure is not remembered.
    asked.catch(() => schemas.delete(crmObject));
    return asked;
  };

  return {
    connection: options.connection,
    rowsPerRead: SEARCH_PAGE_ROWS,
    // A service key or app is not a person, and HubSpot does not name it.
    identify: async () => ({ organisation: await portal.organisation(), actor: null }),
    describe,
    owners: () => readOwners(portal),
    async *pull(request) {
      const schema = await describe(request.crmObject);
      return yield* pullFromHubspot(portal, request, schema);
    },
    apply: (request) => applyToHubspot(portal, request, parts.random ?? Math.random),
    async install(request) {
      try {
        return await installInHubspot(portal, request);
      } finally {
        schemas.clear();
      }
    },
    usage: () => portal.usage(),
    async close() {
      portal.close();
    },
  };
}
