// Reads the webhook calls of all HubSpot connections of a workspace: one address serves every app and portal.
import type { WebhookReader } from '#ports/webhook.ts';
import { parseEvents, readEvents } from './read-events.ts';
import { verifySignature } from './verify-signature.ts';

export interface WebhookSubscriber {
  readonly connection: string;
  /** The client secret of the app that the subscriptions belong to. */
  readonly secret: string;
  /** The portal's id; null: the app is installed in this one portal alone. */
  readonly portal: string | null;
}

export function createWebhookReader(subscribers: readonly WebhookSubscriber[]): WebhookReader {
  return {
    read(delivery) {
      // Every secret is tried, so that the time it takes does not tell which one was near.
      const verdicts = subscribers.map((subscriber) => ({
        subscriber,
        verdict: verifySignature(delivery, subscriber.secret),
      }));
      const signers = verdicts
        .filter(({ verdict }) => verdict === 'good')
        .map(({ subscriber }) => subscriber);
      if (signers.length === 0)
        return { refused: verdicts.some(({ verdict }) => verdict === 'stale') ? 'stale' : 'unsigned' };
      const events = parseEvents(delivery.body);
      if (events === null) return { refused: 'unreadable' };
      return readEvents(events, (portal) => connectionOf(signers, portal));
    },
  };
}

/** An app's secret is the same in every portal that installed it: then only the portal's id tells whose event it is. */
function connectionOf(signers: readonly WebhookSubscriber[], portal: string): string | null {
  const named = signers.find((signer) => signer.portal === portal);
  if (named !== undefined) return named.connection;
  const [only, ...others] = signers;
  return only !== undefined && only.portal === null && others.length === 0 ? only.connection : null;
}
