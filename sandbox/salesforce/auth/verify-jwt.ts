// Checks a JWT bearer assertion as the token endpoint does: signature first, then who, for whom and until when.
import { createPublicKey, verify } from 'node:crypto';
import { isJsonObject, type JsonObject, textIn } from '../org/json.ts';
import { type OauthError, oauthError } from './oauth-client.ts';

export interface JwtCheck {
  readonly assertion: string;
  readonly certificate: string;
  readonly clientId: string;
  /** Where tokens are issued; login.salesforce.com and test.salesforce.com are accepted besides. */
  readonly audience: string;
  readonly now: Date;
}

const LOGIN_HOSTS = ['https://login.salesforce.com', 'https://test.salesforce.com'] as const;
/** An assertion may be three minutes ahead of its end, and clocks two apart. */
const MAX_LIFETIME_S = 300;

/** The username the assertion speaks for, or the error it gets. */
export const verifyJwt = (check: JwtCheck): { readonly username: string } | OauthError => {
  const [header = '', payload = '', signature = '', ...rest] = check.assertion.split('.');
  const head = readPart(header);
  const claims = readPart(payload);
  if (rest.length > 0 || head === null || claims === null) {
    return oauthError('invalid_grant', 'invalid assertion');
  }
  if (head['alg'] !== 'RS256' || !isSigned(`${header}.${payload}`, signature, check.certificate)) {
    return oauthError('invalid_grant', 'invalid assertion');
  }
  if (claims['iss'] !== check.clientId) return oauthError('invalid_client_id', 'client identifier invalid');
  const audience = textIn(claims, 'aud');
  if (audience !== check.audience && !LOGIN_HOSTS.some((host) => host === audience)) {
    return oauthError('invalid_grant', 'audience is invalid');
  }
  const { exp } = claims;
  const nowS = check.now.getTime() / 1_000;
  if (typeof exp !== 'number' || exp <= nowS || exp > nowS + MAX_LIFETIME_S) {
    return oauthError('invalid_grant', 'assertion is not within its validity period');
  }
  const username = textIn(claims, 'sub') ?? textIn(claims, 'prn');
  return username === null ? oauthError('invalid_grant', 'subject is missing') : { username };
};

const readPart = (part: string): JsonObject | null => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isJsonObject(parsed) ? parsed : null;
  } catch {
    return null;
  }
};

const isSigned = (text: string, signature: string, certificate: string): boolean => {
  try {
    const key = createPublicKey(certificate);
    return verify('RSA-SHA256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
};
