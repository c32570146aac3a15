// Builds what reads HubSpot's webhook calls, for the connections that have subscriptions.
import type { ConnectionSettings } from '#config/workspace-schema.ts';
import { createWebhookReader } from '#connectors/hubspot/webhook/create-webhook-reader.ts';
import type { WebhookReader } from '#ports/webhook.ts';

/** Null: no connection expects calls. */
export function readHubspotWebhooks(connections: readonly ConnectionSettings[]): WebhookReader | null {
  const subscribers = connections.flatMap((connection) =>
    connection.crm === 'hubspot' && connection.webhook !== undefined
      ? [
          {
            connection: connection.id,
            secret: connection.webhook.clientSecret,
            portal: connection.webhook.portalId ?? null,
          },
        ]
      : [],
  );
  return subscribers.length === 0 ? null : createWebhookReader(subscribers);
}
