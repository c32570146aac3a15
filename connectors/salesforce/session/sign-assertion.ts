// The signed statement of the JWT bearer flow: "this app acts for this user", good for three minutes, RS256.
import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { ConfigError } from '#errors/errors.ts';
import type { JwtBearerAuth } from '../options.ts';

// Salesforce refuses assertions that live longer than this.
const LIFETIME_S = 180;

export const signAssertion = (auth: JwtBearerAuth, now: Date): string => {
  const header = encode({ alg: 'RS256' });
  const claims = encode({
    iss: auth.clientId,
    sub: auth.username,
    aud: auth.audience ?? defaultAudience(auth.loginUrl),
    exp: Math.floor(now.getTime() / 1000) + LIFETIME_S,
  });
  const signature = sign('RSA-SHA256', Buffer.from(`${header}.${claims}`), readKey(auth.privateKey));
  return `${header}.${claims}.${signature.toString('base64url')}`;
};

/** My Domain logins are audited by the shared login hosts; a sandbox says so in its name. Other hosts stand for themselves. */
export const defaultAudience = (loginUrl: string): string => {
  const { hostname, origin } = new URL(loginUrl);
  if (!/\.(?:salesforce|force)\.com$/.test(hostname)) return origin;
  return hostname === 'test.salesforce.com' || hostname.includes('.sandbox.')
    ? 'https://test.salesforce.com'
    : 'https://login.salesforce.com';
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const readKey = (pem: string): KeyObject => {
  try {
    // Environment variables often carry a PEM with its line ends written as \n.
    return createPrivateKey(pem.replaceAll('\\n', '\n'));
  } catch (error) {
    throw new ConfigError('auth.privateKey is no private key in PEM form', {
      cause: error,
      next: 'Give the key itself (-----BEGIN PRIVATE KEY----- …), unencrypted, or a file by ${NAME_FILE}.',
    });
  }
};
