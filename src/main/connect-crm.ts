// Builds the connector of one connection of the workspace.

import type { ConnectionSettings } from '#config/workspace-schema.ts';
import { connectHubspot } from '#connectors/hubspot/connect-hubspot.ts';
import { connectSalesforce } from '#connectors/salesforce/connect-salesforce.ts';
import { loadCrmMapping } from '#mapping/fields/crm-mapping.ts';
import type { MappingFiles } from '#mapping/files/mapping-files.ts';
import type { ConnectedCrm } from '#pipeline/connected-crm.ts';
import type { Clock } from '#ports/clock.ts';
import type { Crm } from '#ports/crm.ts';
import type { Log } from '#ports/log.ts';
import type { TokenStore } from '#ports/tokens.ts';

export interface ConnectorParts {
  readonly clock: Clock;
  readonly log: Log;
  readonly tokens: TokenStore;
}

export function connectCrm(
  connection: ConnectionSettings,
  files: MappingFiles,
  parts: ConnectorParts,
): ConnectedCrm {
  return {
    id: connection.id,
    kind: connection.crm,
    mapping: loadCrmMapping(connection.crm, files),
    crm: createConnector(connection, parts),
  };
}

function createConnector(connection: ConnectionSettings, parts: ConnectorParts): Crm {
  const { dailyShare } = connection.apiBudget;
  if (connection.crm === 'salesforce') {
    const { id, auth, apiVersion } = connection;
    return connectSalesforce({ connection: id, auth, apiVersion, dailyShare }, parts);
  }
  const { id, auth, baseUrl, apiVersion } = connection;
  return connectHubspot({ connection: id, auth, baseUrl, apiVersion, dailyShare }, parts);
}
