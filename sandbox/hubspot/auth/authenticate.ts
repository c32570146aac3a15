// Lets a request in when its token is known, not expired and has a scope the call needs.
import type { RequestHandler, Response } from 'express';
import { ApiFailure } from '#sandbox/hubspot/answers/api-failure.ts';
import { missingScopes } from '#sandbox/hubspot/answers/failures.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';
import type { Credential, Credentials } from './credentials.ts';
import { scopesNeeded } from './scopes.ts';

export const authenticate =
  (credentials: Credentials, now: () => number): RequestHandler =>
  (request, response, next) => {
    const token = /^Bearer (.+)$/u.exec(request.get('authorization') ?? '')?.[1];
    if (token === undefined) throw noCredentials();
    const credential = credentials.find(token);
    // A token HubSpot can't read is answered as one that expired when time began.
    if (credential === null) throw expired(0, now());
    if (credential.expiresAtMs !== null && credential.expiresAtMs <= now())
      throw expired(credential.expiresAtMs, now());
    response.locals['credential'] = credential;
    next();
  };

export const authorize =
  (granted: ReadonlySet<string>): RequestHandler =>
  (request, _response, next) => {
    const needed = scopesNeeded(request.method, request.path);
    if (needed.length > 0 && !needed.some((scope) => granted.has(scope))) throw missingScopes(needed);
    next();
  };

/** Set by `authenticate`, which every later step comes after. */
export const credentialOf = (response: Response): Credential | null => {
  const credential: unknown = response.locals['credential'];
  return isCredential(credential) ? credential : null;
};

const isCredential = (value: unknown): value is Credential =>
  typeof value === 'object' && value !== null && 'token' in value && 'kind' in value;

const noCredentials = (): ApiFailure =>
  new ApiFailure({
    status: 401,
    category: 'INVALID_AUTHENTICATION',
    message:
      'Authentication credentials not found. This API supports OAuth 2.0 authentication and you can find more details at https://developers.hubspot.com/docs/methods/auth/oauth-overview',
  });

const DAY_S = 86_400;

const expired = (atMs: number, nowMs: number): ApiFailure => {
  const seconds = Math.max(0, Math.floor((nowMs - atMs) / 1000));
  const ago = seconds >= DAY_S ? `${Math.floor(seconds / DAY_S)} day(s)` : `${seconds} second(s)`;
  return new ApiFailure({
    status: 401,
    category: 'EXPIRED_AUTHENTICATION',
    message: `The OAuth token used to make this call expired ${ago} ago.`,
    context: { 'expire time': [formatTimestamp(atMs)] },
  });
};
