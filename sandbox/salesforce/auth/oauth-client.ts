// The external client app of the sandbox: who may ask for tokens, with which flows and secrets.

export interface OauthClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** PEM certificate or public key that JWT assertions are checked with; null refuses the flow. */
  readonly certificate: string | null;
  /** Whether the app names a run-as user for client credentials. */
  readonly allowsClientCredentials: boolean;
  /** A refresh answers a new refresh token and kills the old one. */
  readonly rotatesRefreshTokens: boolean;
  /** Users that may use the app without asking, by username; others get "user hasn't approved this consumer". */
  readonly approves: (username: string) => boolean;
}

export interface OauthError {
  readonly error: string;
  readonly error_description: string;
}

export const oauthError = (error: string, description: string): OauthError => ({
  error,
  error_description: description,
});
