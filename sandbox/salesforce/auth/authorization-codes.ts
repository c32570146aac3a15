// Codes of the web server flow between the consent page and the token request: good for one use.
import { randomBytes } from 'node:crypto';

export interface CodeGrant {
  readonly userId: string;
  readonly redirectUri: string;
  /** base64url(SHA-256(verifier)), when the client sent one. */
  readonly challenge: string | null;
}

export interface AuthorizationCodes {
  issue(grant: CodeGrant): string;
  take(code: string): CodeGrant | null;
}

export const createAuthorizationCodes = (): AuthorizationCodes => {
  const grants = new Map<string, CodeGrant>();
  return {
    issue(grant) {
      const code = `aPrx${randomBytes(32).toString('base64url')}==`;
      grants.set(code, grant);
      return code;
    },
    take(code) {
      const grant = grants.get(code) ?? null;
      grants.delete(code);
      return grant;
    },
  };
};
