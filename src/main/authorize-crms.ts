// Builds, for each connection that keeps a refresh token, what connects it in the browser.
import type { ConnectionSettings } from '#config/workspace-schema.ts';
import { authorizeHubspot } from '#connectors/hubspot/authorize-in-browser.ts';
import { authorizeSalesforce } from '#connectors/salesforce/session/authorize-in-browser.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';

export function authorizeCrms(
  connections: readonly ConnectionSettings[],
): ReadonlyMap<string, CrmAuthorization> {
  const able = new Map<string, CrmAuthorization>();
  for (const connection of connections) {
    const { id } = connection;
    if (connection.crm === 'salesforce') {
      if (connection.auth.flow === 'refresh-token') able.set(id, authorizeSalesforce(id, connection.auth));
    } else if (connection.auth.flow === 'refresh-token') {
      const { auth, baseUrl, apiVersion } = connection;
      able.set(id, authorizeHubspot({ connection: id, auth, baseUrl, apiVersion }));
    }
  }
  return able;
}
