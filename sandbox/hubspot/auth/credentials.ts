// The tokens that open the portal: one service key, and the access tokens of one OAuth app.
// Who may do what with them is decided in scopes.ts; when calls are too many, in limits/.

export interface Credential {
  readonly token: string;
  readonly kind: 'service-key' | 'oauth';
  readonly expiresAtMs: number | null;
}

export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  /** The one valid refresh token; another one after a rotation. */
  readonly refreshToken: string;
}

export interface Credentials {
  readonly app: OAuthApp;
  readonly accessTokenSeconds: number;
  find(token: string): Credential | null;
  /** Makes every token given out so far an expired one. */
  expireAll(atMs: number): void;
  issueAccessToken(nowMs: number): string;
  /** Gives the app a new refresh token and forgets the old one. */
  rotateRefreshToken(): string;
}

export interface CredentialOptions {
  readonly serviceKey: string;
  readonly accessTokenSeconds: number;
}

export const createCredentials = ({ serviceKey, accessTokenSeconds }: CredentialOptions): Credentials => {
  const byToken = new Map<string, Credential>([
    [serviceKey, { token: serviceKey, kind: 'service-key', expiresAtMs: null }],
  ]);
  let issued = 0;
  let app: OAuthApp = {
    clientId: 'sandbox-client-id',
    clientSecret: 'sandbox-client-secret',
    refreshToken: 'sandbox-refresh-token-0',
  };

  return {
    get app() {
      return app;
    },
    accessTokenSeconds,
    find: (token) => byToken.get(token) ?? null,
    expireAll(atMs) {
      for (const credential of byToken.values())
        byToken.set(credential.token, { ...credential, expiresAtMs: atMs });
    },
    issueAccessToken(nowMs) {
      issued += 1;
      const token = `sandbox-access-token-${issued}`;
      byToken.set(token, { token, kind: 'oauth', expiresAtMs: nowMs + accessTokenSeconds * 1000 });
      return token;
    },
    rotateRefreshToken() {
      issued += 1;
      app = { ...app, refreshToken: `sandbox-refresh-token-${issued}` };
      return app.refreshToken;
    },
  };
};
