// What is remembered while a person connects a CRM in the browser, from the click to the CRM's answer.

export interface PendingConnection {
  /** SHA-256 of the state that travels with the browser. */
  readonly stateHash: string;
  readonly connection: string;
  /** PKCE; stored sealed. */
  readonly verifier: string;
  readonly redirectUri: string;
  /** Id of the user who began: nobody else may end it. */
  readonly person: string;
  /** ISO moment. */
  readonly expiresAt: string;
}

export interface ConnectingStore {
  begin(pending: PendingConnection): Promise<void>;
  /** Uses it up; null when it is used, expired or was never begun. */
  take(stateHash: string, now: string): Promise<PendingConnection | null>;
  /** The org or portal that the connection's stored token belongs to; null when it was never connected in the browser. */
  organisation(connection: string): Promise<string | null>;
  /** Durable before it resolves. */
  complete(connection: string, granted: { refreshToken: string; organisation: string | null }): Promise<void>;
}
