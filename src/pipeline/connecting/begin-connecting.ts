// Sends a person off to the CRM to connect it. What comes back is good for this person, this connection, once and soon.
import { randomBytes } from 'node:crypto';
import { ConfigError, UsageError } from '#errors/errors.ts';
import { hashText } from '#mapping/files/hash-text.ts';
import type { ConnectingParts } from './connecting-parts.ts';

/** Long enough to sign in to a CRM and read what one agrees to. */
const MINUTES_TO_CONSENT = 15;

export interface ConnectingRequest {
  readonly connection: string;
  /** Of the user at the browser. */
  readonly person: string;
  readonly redirectUri: string;
}

/** @returns the address to send the browser to */
export async function beginConnecting(
  { store, clock, authorizations }: ConnectingParts,
  { connection, person, redirectUri }: ConnectingRequest,
): Promise<string> {
  const authorization = authorizations.get(connection);
  if (authorization === undefined) {
    const able = [...authorizations.keys()];
    throw new UsageError(`Connection "${connection}" is not one that is connected in the browser`, {
      next:
        able.length === 0
          ? 'Give a connection `auth: { flow: refresh-token, clientId, clientSecret }` in tierline.yaml, without a refreshToken.'
          : `There are: ${able.join(', ')}.`,
    });
  }
  requireSafeRedirect(redirectUri);
  const state = randomBytes(32).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const expiresAt = new Date(clock.now().getTime() + MINUTES_TO_CONSENT * 60_000).toISOString();
  await store.begin({ stateHash: hashText(state), connection, verifier, redirectUri, person, expiresAt });
  return authorization.addressOf({ redirectUri, state, verifier });
}

/** A code that travels in the clear is anybody's; on one's own machine it does not travel. */
function requireSafeRedirect(redirectUri: string): void {
  const { protocol, hostname } = new URL(redirectUri);
  const isLocal = hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
  if (protocol === 'https:' || isLocal) return;
  throw new ConfigError(`The CRM would send its answer to ${redirectUri}, unencrypted`, {
    next: 'Put the service behind HTTPS and name its address as `service.publicUrl` in tierline.yaml.',
  });
}
