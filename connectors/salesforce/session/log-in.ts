// Turns a workspace's auth block into sessions: which grant to send, and which refresh token is the living one.
import { AuthError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';
import type { TokenStore } from '#ports/tokens.ts';
import type { RefreshTokenAuth, SalesforceAuth } from '../options.ts';
import { requestToken, type TokenGrant } from './request-token.ts';
import type { Session } from './session.ts';
import { signAssertion } from './sign-assertion.ts';

export interface LoginParts {
  readonly connection: string;
  readonly auth: SalesforceAuth;
  readonly clock: Clock;
  readonly tokens: TokenStore;
  readonly deadlineMs: number;
}

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export const logIn = async (parts: LoginParts): Promise<Session> => {
  const { auth } = parts;
  switch (auth.flow) {
    case 'client-credentials': {
      const { clientId, clientSecret } = auth;
      const grant = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
      return (await request(parts, grant)).session;
    }
    case 'jwt-bearer': {
      const assertion = signAssertion(auth, parts.clock.now());
      return (await request(parts, { grant_type: JWT_BEARER, assertion })).session;
    }
    case 'refresh-token':
      return parts.tokens.exclusively(parts.connection, () => logInByRefreshToken(parts, auth));
  }
};

const request = (
  { connection, auth, deadlineMs }: LoginParts,
  grant: Readonly<Record<string, string>>,
): Promise<TokenGrant> => requestToken({ connection, loginUrl: auth.loginUrl, grant, deadlineMs });

/**
 * The stored token beats the file's. When it is refused, a person may have authorised the app anew and put a fresh one into
 * the file: each is tried once before we give up.
 */
const logInByRefreshToken = async (parts: LoginParts, auth: RefreshTokenAuth): Promise<Session> => {
  const { connection, tokens } = parts;
  const stored = await tokens.load(connection);
  let refusal: AuthError | null = null;
  for (const refreshToken of new Set([stored, auth.refreshToken])) {
    if (refreshToken === null || refreshToken === undefined) continue;
    try {
      const grant = await request(parts, {
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
        client_id: auth.clientId,
        ...(auth.clientSecret === undefined ? {} : { client_secret: auth.clientSecret }),
      });
      // Durable before the session is used: from now on the old token is dead.
      const living = grant.rotatedRefreshToken ?? refreshToken;
      if (living !== (stored ?? auth.refreshToken)) await tokens.save(connection, living);
      return grant.session;
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      refusal = error;
    }
  }
  throw (
    refusal ??
    new AuthError(`${connection}: Salesforce is not connected yet: there is no refresh token`, {
      next: 'Connect it in the browser with `tierline serve`, or give auth.refreshToken.',
    })
  );
};
