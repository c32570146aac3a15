// Sign-in with a company's identity provider (OpenID Connect, code flow with PKCE, state and nonce). What the provider says is
// checked by openid-client; who of its people is a user here is decided in admit-person.ts.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import type { AccessRole } from '#domain/access/access-role.ts';
import { UnavailableError } from '#errors/errors.ts';
import type { PeopleParts } from '../people-parts.ts';
import { hashSecret, isSameSecret, newSecret } from '../secret-text.ts';
import { type OpenedSession, openSession } from '../sessions.ts';
import { admitPerson, type PersonRefusal } from './admit-person.ts';

export interface ProviderSettings {
  /** What the button says. */
  readonly name: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Domain of a proven e-mail → the role that its people get when they first come; others must be users already. */
  readonly domains: Readonly<Record<string, AccessRole>>;
}

export interface ProviderSignIn {
  readonly name: string;
  /** Where to send the browser, and the state that it has to bring back in a cookie. */
  begin(
    redirectUri: string,
  ): Promise<{ readonly address: string; readonly state: string; readonly lifeMs: number }>;
  /** @param callback the address at which the browser came back, exactly as it was registered, with its query */
  finish(callback: URL, state: string | null, requestId: string | null): Promise<ProviderOutcome>;
}

export type ProviderOutcome =
  | { readonly session: OpenedSession }
  | { readonly refused: 'visit-over' | 'provider-refused' | PersonRefusal; readonly reason?: string };

/** Time to type a password and a second factor. */
const VISIT_LIFE_MS = 10 * 60_000;
const SCOPE = 'openid email';

export function createProviderSignIn(parts: PeopleParts, settings: ProviderSettings): ProviderSignIn {
  const configuration = createDiscovery(settings);
  const { store, clock } = parts;
  return {
    name: settings.name,

    async begin(redirectUri) {
      const config = await configuration();
      const codeVerifier = randomPKCECodeVerifier();
      const nonce = randomNonce();
      const state = newSecret();
      const expiresAt = new Date(clock.now().getTime() + VISIT_LIFE_MS).toISOString();
      await store.addProviderVisit({ stateHash: hashSecret(state), codeVerifier, nonce, expiresAt });
      const address = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: SCOPE,
        code_challenge: await calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
        state,
        nonce,
      });
      return { address: address.href, state, lifeMs: VISIT_LIFE_MS };
    },

    async finish(callback, state, requestId) {
      // The cookie ties the visit to the browser that began it: nobody can be signed in as somebody else by a link.
      if (state === null || !isSameSecret(callback.searchParams.get('state') ?? '', state)) {
        return { refused: 'visit-over' };
      }
      const visit = await store.takeProviderVisit(hashSecret(state), clock.now().toISOString());
      if (visit === null) return { refused: 'visit-over' };
      const config = await configuration();
      let claims: Readonly<Record<string, unknown>> | undefined;
      try {
        const tokens = await authorizationCodeGrant(config, callback, {
          pkceCodeVerifier: visit.codeVerifier,
          expectedState: state,
          expectedNonce: visit.nonce,
          idTokenExpected: true,
        });
        claims = tokens.claims();
      } catch (error) {
        return { refused: 'provider-refused', reason: codeOf(error) };
      }
      const admitted = await admitPerson(parts, settings, claims ?? {}, requestId);
      if ('refused' in admitted) return admitted;
      return { session: await openSession(parts, admitted.userId) };
    },
  };
}

/** Read from the provider when it is first needed, so that its bad days do not keep the service from starting. */
function createDiscovery({ issuer, clientId, clientSecret }: ProviderSettings): () => Promise<Configuration> {
  let found: Promise<Configuration> | null = null;
  return async () => {
    found ??= discovery(new URL(issuer), clientId, clientSecret, undefined, {
      execute: [
        // By itself the library trusts the TLS that an id token came over; we look at its signature too.
        enableNonRepudiationChecks,
        // The workspace's schema lets only issuers on this machine do without TLS.
        ...(new URL(issuer).protocol === 'http:' ? [allowInsecureRequests] : []),
      ],
    });
    try {
      return await found;
    } catch (cause) {
      found = null;
      throw new UnavailableError('The identity provider does not answer as OpenID Connect has it', {
        cause,
        next: 'Check `service.oidc.issuer` in tierline.yaml, or sign in with a password or a one-time link.',
      });
    }
  };
}

/** A code such as `OAUTH_JWT_CLAIM_COMPARISON_FAILED`: messages may hold tokens. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
