// What connecting in the browser works with.
import type { Clock } from '#ports/clock.ts';
import type { ConnectingStore } from '#ports/connecting.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';

export interface ConnectingParts {
  readonly store: ConnectingStore;
  readonly clock: Clock;
  /** By connection id; only connections that keep a refresh token can be connected in the browser. */
  readonly authorizations: ReadonlyMap<string, CrmAuthorization>;
}
