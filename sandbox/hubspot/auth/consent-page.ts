// /oauth/authorize, where a person would choose the portal and consent: here they always do, at once.
import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import type { OAuthApp } from './credentials.ts';

export interface AuthorizationCodes {
  issue(redirectUri: string): string;
  /** The redirect address that the code was given for; null when there is no such code, or not any more. */
  take(code: string): string | null;
}

/** Codes are good once. */
export function createAuthorizationCodes(): AuthorizationCodes {
  const redirectUris = new Map<string, string>();
  return {
    issue(redirectUri) {
      const code = randomBytes(16).toString('hex');
      redirectUris.set(code, redirectUri);
      return code;
    },
    take(code) {
      const redirectUri = redirectUris.get(code) ?? null;
      redirectUris.delete(code);
      return redirectUri;
    },
  };
}

export function createConsentPage(app: () => OAuthApp, codes: AuthorizationCodes): Router {
  const router = Router();
  router.get('/oauth/authorize', (request, response) => {
    const query = new URL(request.originalUrl, 'http://portal').searchParams;
    const redirectUri = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== app().clientId || !URL.canParse(redirectUri) || !query.has('scope')) {
      response.status(400).type('text').send("Authorization failed because the app's address is incomplete");
      return;
    }
    const target = new URL(redirectUri);
    target.searchParams.set('code', codes.issue(redirectUri));
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    response.redirect(302, target.href);
  });
  return router;
}
