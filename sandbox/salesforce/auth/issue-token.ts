// The token endpoint without HTTP: takes the form of a request, answers tokens or an error.
import { createHash, createHmac } from 'node:crypto';
import type { Org } from '../org/org.ts';
import { idOf, type Row } from '../org/row.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import { type OauthClient, type OauthError, oauthError } from './oauth-client.ts';
import type { Sessions } from './sessions.ts';
import { verifyJwt } from './verify-jwt.ts';

export interface TokenDesk {
  readonly org: Org;
  readonly client: OauthClient;
  readonly sessions: Sessions;
  readonly codes: AuthorizationCodes;
  /** The user that client credentials and the authorize page stand for. */
  readonly runAsUserId: string;
}

export type TokenForm = Readonly<Record<string, string | undefined>>;
export type TokenAnswer = OauthError | Readonly<Record<string, string>>;

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const SCOPE = 'refresh_token api';

export const issueToken = (desk: TokenDesk, form: TokenForm, baseUrl: string): TokenAnswer => {
  switch (form['grant_type']) {
    case 'client_credentials':
      return byClientCredentials(desk, form, baseUrl);
    case JWT_BEARER:
      return byAssertion(desk, form, baseUrl);
    case 'refresh_token':
      return byRefreshToken(desk, form, baseUrl);
    case 'authorization_code':
      return byCode(desk, form, baseUrl);
    case undefined:
    case '':
      return oauthError('invalid_request', 'grant type not supplied');
    default:
      return oauthError('unsupported_grant_type', 'grant type not supported');
  }
};

const checkClient = (desk: TokenDesk, form: TokenForm, needsSecret: boolean): OauthError | null => {
  if (form['client_id'] !== desk.client.clientId) {
    return oauthError('invalid_client_id', 'client identifier invalid');
  }
  const secret = form['client_secret'];
  if (secret === undefined) {
    return needsSecret ? oauthError('invalid_client', 'invalid client credentials') : null;
  }
  return secret === desk.client.clientSecret
    ? null
    : oauthError('invalid_client', 'invalid client credentials');
};

const byClientCredentials = (desk: TokenDesk, form: TokenForm, baseUrl: string): TokenAnswer => {
  const problem = checkClient(desk, form, true);
  if (problem !== null) return problem;
  if (!desk.client.allowsClientCredentials) {
    return oauthError('invalid_grant', 'no client credentials user enabled');
  }
  return answerTokens(desk, desk.runAsUserId, baseUrl, null);
};

const byAssertion = (desk: TokenDesk, form: TokenForm, baseUrl: string): TokenAnswer => {
  const { certificate, clientId, approves } = desk.client;
  if (certificate === null) return oauthError('invalid_grant', 'invalid assertion');
  const checked = verifyJwt({
    assertion: form['assertion'] ?? '',
    certificate,
    clientId,
    audience: baseUrl,
    now: desk.org.now(),
  });
  if ('error' in checked) return checked;
  const user = findUserByName(desk.org, checked.username);
  if (user === null || !approves(checked.username)) {
    return oauthError('invalid_grant', "user hasn't approved this consumer");
  }
  return answerTokens(desk, idOf(user), baseUrl, null);
};

const byRefreshToken = (desk: TokenDesk, form: TokenForm, baseUrl: string): TokenAnswer => {
  const problem = checkClient(desk, form, false);
  if (problem !== null) return problem;
  const token = form['refresh_token'] ?? '';
  const userId = desk.sessions.findRefreshUser(token);
  if (userId === null) return oauthError('invalid_grant', 'expired access/refresh token');
  if (!desk.client.rotatesRefreshTokens) return answerTokens(desk, userId, baseUrl, null);
  desk.sessions.revoke(token);
  return answerTokens(desk, userId, baseUrl, desk.sessions.issueRefreshToken(userId));
};

const byCode = (desk: TokenDesk, form: TokenForm, baseUrl: string): TokenAnswer => {
  const problem = checkClient(desk, form, false);
  if (problem !== null) return problem;
  const grant = desk.codes.take(form['code'] ?? '');
  if (grant === null) return oauthError('invalid_grant', 'invalid authorization code');
  if (grant.redirectUri !== form['redirect_uri']) {
    return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  }
  if (grant.challenge !== null) {
    const verifier = form['code_verifier'];
    if (verifier === undefined) return oauthError('invalid_grant', 'code verifier is missing');
    const hash = createHash('sha256').update(verifier).digest('base64url');
    if (hash !== grant.challenge) return oauthError('invalid_request', 'invalid code verifier');
  }
  return answerTokens(desk, grant.userId, baseUrl, desk.sessions.issueRefreshToken(grant.userId));
};

const findUserByName = (org: Org, username: string): Row | null => {
  const [id] = org.table('User').idsWith('Username', username);
  return id === undefined ? null : (org.table('User').get(id) ?? null);
};

/** There is no `expires_in`: clients learn of the end of a session by a 401. */
const answerTokens = (
  desk: TokenDesk,
  userId: string,
  baseUrl: string,
  refreshToken: string | null,
): TokenAnswer => {
  const user = desk.org.table('User').get(userId);
  if (user?.['IsActive'] !== true) return oauthError('invalid_grant', 'inactive user');
  const id = `${baseUrl}/id/${desk.org.id}/${userId}`;
  const issuedAt = String(desk.org.now().getTime());
  return {
    access_token: desk.sessions.openSession(userId),
    ...(refreshToken === null ? {} : { refresh_token: refreshToken }),
    signature: createHmac('sha256', desk.client.clientSecret)
      .update(id + issuedAt)
      .digest('base64'),
    scope: SCOPE,
    instance_url: baseUrl,
    id,
    token_type: 'Bearer',
    issued_at: issuedAt,
  };
};
