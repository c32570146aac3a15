// A small OpenID Connect provider on this machine, with real signed tokens: what a company's identity provider does, and on
// demand what it must not do.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** What the next token has wrong. */
export type Misdeed = 'nonce' | 'audience' | 'issuer' | 'expired' | 'signature' | 'no-id-token';

export interface LocalIssuer {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Who is at the keyboard when the browser comes. */
  person: Person;
  misdeed: Misdeed | null;
  /** The person says no. */
  denies: boolean;
  close(): Promise<void>;
}

interface Grant {
  readonly challenge: string;
  readonly nonce: string;
  readonly redirectUri: string;
  readonly person: Person;
}

export async function startLocalIssuer(): Promise<LocalIssuer> {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const strangers = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants = new Map<string, Grant>();
  const clientId = 'tierline';
  const clientSecret = 'a secret of the test';

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: LocalIssuer = {
    url,
    clientId,
    clientSecret,
    person: { sub: 'nobody' },
    misdeed: null,
    denies: false,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
  return issuer;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return sendJson(response, 200, {
          issuer: url,
          authorization_endpoint: `${url}/authorize`,
          token_endpoint: `${url}/token`,
          jwks_uri: `${url}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
          code_challenge_methods_supported: ['S256'],
        });
      case '/keys':
        return sendJson(response, 200, {
          keys: [{ ...keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
        });
      case '/authorize':
        return authorize(searchParams, response);
      case '/token':
        return token(new URLSearchParams(await text(request)), request, response);
      default:
        response.writeHead(404).end();
    }
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    const wanted = { response_type: 'code', client_id: clientId, code_challenge_method: 'S256' };
    for (const [name, value] of Object.entries(wanted)) {
      if (asked.get(name) !== value) throw new Error(`${name} is ${asked.get(name)}`);
    }
    const redirectUri = asked.get('redirect_uri') ?? '';
    const back = new URL(redirectUri);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (issuer.denies) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      grants.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        nonce: asked.get('nonce') ?? '',
        redirectUri,
        person: issuer.person,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { location: back.href }).end();
  }

  function token(body: URLSearchParams, request: IncomingMessage, response: ServerResponse): void {
    const code = body.get('code') ?? '';
    const grant = grants.get(code);
    grants.delete(code);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    const isClient = isOurClient(body, request);
    if (
      !isClient ||
      grant === undefined ||
      challenge !== grant.challenge ||
      body.get('redirect_uri') !== grant.redirectUri
    ) {
      return sendJson(response, 400, { error: 'invalid_grant' });
    }
    return sendJson(response, 200, {
      access_token: randomUUID(),
      token_type: 'Bearer',
      expires_in: 60,
      ...(issuer.misdeed === 'no-id-token' ? {} : { id_token: idToken(grant) }),
    });
  }

  function isOurClient(body: URLSearchParams, request: IncomingMessage): boolean {
    const basic = `Basic ${Buffer.from(`${clientId}:${encodeURIComponent(clientSecret)}`).toString('base64')}`;
    if (request.headers.authorization === basic) return true;
    return body.get('client_id') === clientId && body.get('client_secret') === clientSecret;
  }

  function idToken({ nonce, person }: Grant): string {
    const { misdeed } = issuer;
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: misdeed === 'issuer' ? 'https://elsewhere.example' : url,
      aud: misdeed === 'audience' ? 'another-client' : clientId,
      nonce: misdeed === 'nonce' ? 'of another visit' : nonce,
      iat: now - (misdeed === 'expired' ? 7_200 : 0),
      exp: now + (misdeed === 'expired' ? -3_600 : 300),
      ...person,
    };
    const signed = `${encode({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${encode(claims)}`;
    const key = misdeed === 'signature' ? strangers.privateKey : keys.privateKey;
    return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
