// What every route works with: built once in main, the same for all requests.

import type { PeopleParts } from '#people/people-parts.ts';
import type { ProviderSignIn } from '#people/provider/provider-sign-in.ts';
import type { Session } from '#pipeline/session.ts';
import type { Log } from '#ports/log.ts';
import type { RunQueue } from '#ports/queue.ts';
import type { WebhookReader } from '#ports/webhook.ts';
import type { RequestLimits } from './answer/request-limits.ts';

export interface ServiceParts {
  /** As files and versions are when the request came. */
  readonly session: Session;
  readonly queue: RunQueue;
  readonly people: PeopleParts;
  /** Null: no identity provider is configured. */
  readonly provider: ProviderSignIn | null;
  /** Null: no connection expects webhooks. */
  readonly webhooks: WebhookReader | null;
  readonly settings: ServiceSettings;
  readonly version: string;
}

/** The workspace's session, which follows what people change in files and versions while the service runs. */
export interface FollowedSession {
  /** As it was last looked at. */
  readonly latest: Session;
  /** As it is now, give or take a second. */
  current(): Promise<Session>;
}

/** What the service is started with: what routes get, but for the session of the request. */
export interface ServiceWiring extends Omit<ServiceParts, 'session'> {
  readonly session: FollowedSession;
  readonly log: Log;
}

export interface ServiceSettings {
  /** Origin under which people reach the service, such as `https://tierline.acme.com`; null: as the request says. */
  readonly publicUrl: string | null;
  /** How many proxies stand before it: whose word on the caller's address counts. */
  readonly trustProxy: number;
  /** `open`: /metrics asks for no API key. */
  readonly metrics: 'protected' | 'open';
  readonly limits: RequestLimits;
}
