// Connects a portal in the browser: the authorisation code flow of an OAuth app. Refuses to know where the tokens are kept.
import { AuthError } from '#errors/errors.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';
import { parseTokenAnswer } from './call/access-token.ts';
import { hubspotPaths } from './call/paths.ts';
import { isSuccess } from './call/send-call.ts';
import { createTransport } from './call/transport.ts';
import { RefusedCallError, toCallError } from './errors.ts';
import { DEFAULT_TIMINGS, type HubspotAuth } from './options.ts';
import { SCOPES } from './scopes.ts';

export interface AuthorizeOptions {
  readonly connection: string;
  readonly auth: Extract<HubspotAuth, { flow: 'refresh-token' }>;
  readonly baseUrl: string;
  readonly apiVersion: string;
}

/** Where people consent: https://app.hubspot.com/oauth/authorize, which sends those of other data centres on. */
const CONSENT_PAGE = 'https://app.hubspot.com/oauth/authorize';

export function authorizeHubspot({
  connection,
  auth,
  baseUrl,
  apiVersion,
}: AuthorizeOptions): CrmAuthorization {
  const { clientId, clientSecret } = auth;
  return {
    // HubSpot's documentation knows no PKCE; the client's secret binds the code to the app.
    addressOf({ redirectUri, state }) {
      const address = new URL(auth.consentPage ?? CONSENT_PAGE);
      address.search = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        scope: SCOPES.join(' '),
        state,
      }).toString();
      return address.href;
    },

    async redeem({ code, redirectUri }) {
      const path = hubspotPaths(apiVersion).token;
      const transport = createTransport(baseUrl, connection, DEFAULT_TIMINGS.deadlineMs);
      const form = {
        grant_type: 'authorization_code',
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uri: redirectUri,
        code,
      };
      const answer = await transport.postForm(path, form, new AbortController().signal);
      if (!isSuccess(answer)) throw toRefusal(connection, toCallError(connection, `POST ${path}`, answer));
      const { refresh_token: refreshToken, hub_id: portal } = parseTokenAnswer(connection, answer.body);
      if (refreshToken === undefined)
        throw new AuthError(`${connection}: HubSpot gave access without a refresh token`, {
          next: 'Look at the app in HubSpot: it must be an OAuth app.',
        });
      return { refreshToken, organisation: portal === undefined ? null : String(portal) };
    },
  };
}

const toRefusal = (connection: string, error: Error): Error =>
  error instanceof RefusedCallError
    ? new AuthError(`${connection}: HubSpot does not accept the code or the app (${error.problem.code})`, {
        cause: error,
        next: "Check the app's client id, secret and redirect URL, then connect again: a code is good once and for a short time.",
      })
    : error;
