// OAuth over HTTP: token, authorize (which consents by itself), revoke, userinfo and the identity page.
import express, { type Request, type Router } from 'express';
import { idOf, type Row, textOf } from '../org/row.ts';
import { issueToken, type TokenDesk, type TokenForm } from './issue-token.ts';

const toForm = (text: unknown): TokenForm =>
  Object.fromEntries(new URLSearchParams(typeof text === 'string' ? text : ''));

const bearerOf = (request: Request): string =>
  /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1] ??
  queryText(request, 'oauth_token');

const queryText = (request: Request, name: string): string => {
  const value = request.query[name];
  return typeof value === 'string' ? value : '';
};

export const createOauthRouter = (desk: TokenDesk, baseUrl: () => string): Router => {
  const router = express.Router();

  router.post('/services/oauth2/token', (request, response) => {
    const answer = issueToken(desk, toForm(request.body), baseUrl());
    response.status('error' in answer ? 400 : 200).json(answer);
  });

  router.get('/services/oauth2/authorize', (request, response) => {
    const redirectUri = queryText(request, 'redirect_uri');
    if (queryText(request, 'client_id') !== desk.client.clientId || redirectUri === '') {
      response
        .status(400)
        .json({ error: 'invalid_client_id', error_description: 'client identifier invalid' });
      return;
    }
    const challenge = queryText(request, 'code_challenge');
    const target = new URL(redirectUri);
    target.searchParams.set(
      'code',
      desk.codes.issue({
        userId: desk.runAsUserId,
        redirectUri,
        challenge: challenge === '' ? null : challenge,
      }),
    );
    const state = queryText(request, 'state');
    if (state !== '') target.searchParams.set('state', state);
    response.redirect(302, target.href);
  });

  router.all('/services/oauth2/revoke', (request, response) => {
    const token = toForm(request.body)['token'] ?? queryText(request, 'token');
    const known = desk.sessions.findUser(token) !== null || desk.sessions.findRefreshUser(token) !== null;
    desk.sessions.revoke(token);
    if (known) response.status(200).end();
    else response.status(400).json({ error: 'invalid_token', error_description: 'invalid token' });
  });

  router.get('/services/oauth2/userinfo', (request, response) => {
    const user = findUser(desk, bearerOf(request));
    if (user === null) {
      response.status(403).type('text').send('Bad_OAuth_Token');
      return;
    }
    const id = `${baseUrl()}/id/${desk.org.id}/${idOf(user)}`;
    response.json({
      sub: id,
      user_id: idOf(user),
      organization_id: desk.org.id,
      preferred_username: textOf(user, 'Username'),
      name: textOf(user, 'Name'),
      email: textOf(user, 'Email'),
      email_verified: true,
      given_name: textOf(user, 'FirstName'),
      family_name: textOf(user, 'LastName'),
      zoneinfo: 'GMT',
      active: user['IsActive'] === true,
      user_type: 'STANDARD',
      language: 'en_US',
      locale: 'en_US',
      urls: urlsOf(baseUrl()),
    });
  });

  router.get('/id/:orgId/:userId', (request, response) => {
    const caller = findUser(desk, bearerOf(request));
    if (caller === null) {
      response.status(403).type('text').send('Bad_OAuth_Token');
      return;
    }
    response.json({
      id: `${baseUrl()}/id/${desk.org.id}/${idOf(caller)}`,
      asserted_user: true,
      user_id: idOf(caller),
      organization_id: desk.org.id,
      username: textOf(caller, 'Username'),
      display_name: textOf(caller, 'Name'),
      first_name: textOf(caller, 'FirstName'),
      last_name: textOf(caller, 'LastName'),
      email: textOf(caller, 'Email'),
      active: caller['IsActive'] === true,
      user_type: 'STANDARD',
      language: 'en_US',
      locale: 'en_US',
      utcOffset: 0,
      last_modified_date: textOf(caller, 'LastModifiedDate'),
      urls: urlsOf(baseUrl()),
    });
  });

  return router;
};

const findUser = (desk: TokenDesk, token: string): Row | null => {
  const userId = desk.sessions.findUser(token);
  return userId === null ? null : (desk.org.table('User').get(userId) ?? null);
};

const urlsOf = (baseUrl: string): Record<string, string> => ({
  enterprise: `${baseUrl}/services/Soap/c/{version}/`,
  metadata: `${baseUrl}/services/Soap/m/{version}/`,
  rest: `${baseUrl}/services/data/v{version}/`,
  sobjects: `${baseUrl}/services/data/v{version}/sobjects/`,
  query: `${baseUrl}/services/data/v{version}/query/`,
  custom_domain: baseUrl,
});
