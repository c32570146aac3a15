// /oauth/{version}/token and its relatives: codes, refresh, introspection.
import express, { type Request, type Response, Router } from 'express';
import { isJsonObject, readParameter } from '#sandbox/hubspot/answers/read-request.ts';
import type { AuthorizationCodes } from './consent-page.ts';
import type { Credentials } from './credentials.ts';

export interface OAuthOptions {
  readonly credentials: Credentials;
  readonly codes: AuthorizationCodes;
  readonly portalId: number;
  readonly scopes: ReadonlySet<string>;
  readonly now: () => number;
  /** Whether each refresh gives a new refresh token and ends the old one. */
  readonly rotates: boolean;
}

export const createOAuthRoutes = (options: OAuthOptions): Router => {
  const { credentials, codes, portalId, scopes, now, rotates } = options;
  const router = Router({ mergeParams: true });
  router.use(express.urlencoded({ extended: false }));

  router.post('/token', (request, response) => {
    const grant = formField(request, 'grant_type');
    if (formField(request, 'client_id') !== credentials.app.clientId) {
      refuse(response, 'BAD_CLIENT_ID', 'missing or unknown client id');
      return;
    }
    if (formField(request, 'client_secret') !== credentials.app.clientSecret) {
      refuse(response, 'BAD_CLIENT_SECRET', 'missing or invalid client secret');
      return;
    }
    if (grant === 'authorization_code') {
      const redirectUri = codes.take(formField(request, 'code'));
      if (redirectUri === null) {
        refuse(response, 'BAD_AUTH_CODE', 'missing or unknown auth code');
        return;
      }
      if (redirectUri !== formField(request, 'redirect_uri')) {
        refuse(
          response,
          'MISMATCH_REDIRECT_URI_AUTH_CODE',
          'redirect URI does not match initial auth code URI',
        );
        return;
      }
    } else if (grant !== 'refresh_token') {
      refuse(response, 'BAD_GRANT_TYPE', `the sandbox has no grant type ${grant}`);
      return;
    } else if (formField(request, 'refresh_token') !== credentials.app.refreshToken) {
      refuse(response, 'BAD_REFRESH_TOKEN', 'missing or invalid refresh token');
      return;
    }
    const refreshToken = rotates ? credentials.rotateRefreshToken() : credentials.app.refreshToken;
    response.json({
      token_type: 'bearer',
      access_token: credentials.issueAccessToken(now()),
      refresh_token: refreshToken,
      expires_in: credentials.accessTokenSeconds,
      hub_id: portalId,
      scopes: [...scopes],
      user_id: 1,
      token_use: 'access_token',
    });
  });

  router.post('/token/introspect', (request, response) => {
    response.json(describe(formField(request, 'token')));
  });

  // v1 puts the token into the path.
  router.get('/access-tokens/:token', (request, response) => {
    const token = describe(readParameter(request, 'token'));
    if (token['active'] === true) response.json(token);
    else response.status(404).json({ status: 'error', message: 'access token not found or expired' });
  });

  const describe = (token: string): Record<string, unknown> => {
    if (token === credentials.app.refreshToken)
      return {
        active: true,
        token_use: 'refresh_token',
        hub_id: portalId,
        client_id: credentials.app.clientId,
      };
    const found = credentials.find(token);
    const nowMs = now();
    if (found?.kind !== 'oauth' || found.expiresAtMs === null || found.expiresAtMs <= nowMs)
      return { active: false };
    return {
      active: true,
      token_use: 'access_token',
      token_type: 'access',
      hub_id: portalId,
      user_id: 1,
      client_id: credentials.app.clientId,
      scopes: [...scopes],
      expires_in: Math.floor((found.expiresAtMs - nowMs) / 1000),
    };
  };

  return router;
};

const formField = (request: Request, name: string): string => {
  const body: unknown = request.body;
  const value = isJsonObject(body) ? body[name] : undefined;
  return typeof value === 'string' ? value : '';
};

/** OAuth errors have a word in `status` and neither category nor correlation id. */
const refuse = (response: Response, status: string, message: string): void => {
  response.status(400).json({ status, message });
};
