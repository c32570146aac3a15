// Connects an org in the browser: the web server flow with PKCE. Refuses to know where the tokens are kept.
import { createHash } from 'node:crypto';
import { AuthError } from '#errors/errors.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';
import { DEFAULT_TIMINGS, type RefreshTokenAuth } from '../options.ts';
import { requestToken } from './request-token.ts';

/** Data of the API, and staying connected; nothing else. */
const SCOPE = 'api refresh_token';

export function authorizeSalesforce(connection: string, auth: RefreshTokenAuth): CrmAuthorization {
  return {
    addressOf({ redirectUri, state, verifier }) {
      const address = new URL('/services/oauth2/authorize', auth.loginUrl);
      address.search = new URLSearchParams({
        response_type: 'code',
        client_id: auth.clientId,
        redirect_uri: redirectUri,
        scope: SCOPE,
        state,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return address.href;
    },

    async redeem({ code, redirectUri, verifier }) {
      const { session, rotatedRefreshToken } = await requestToken({
        connection,
        loginUrl: auth.loginUrl,
        deadlineMs: DEFAULT_TIMINGS.tokenDeadlineMs,
        grant: {
          grant_type: 'authorization_code',
          code,
          redirect_uri: redirectUri,
          code_verifier: verifier,
          client_id: auth.clientId,
          ...(auth.clientSecret === undefined ? {} : { client_secret: auth.clientSecret }),
        },
      });
      if (rotatedRefreshToken === null) {
        throw new AuthError(`${connection}: Salesforce gave access, but not for longer than a session`, {
          next: 'Add the scope "Perform requests at any time (refresh_token, offline_access)" to the External Client App, then connect again.',
        });
      }
      return { refreshToken: rotatedRefreshToken, organisation: session.organisationId };
    },
  };
}
