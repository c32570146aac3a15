// Connecting a CRM in the browser: the OAuth 2 authorisation code flow, asked of one connection. Stores nothing.

export interface AuthorizationRequest {
  /** Where the CRM sends the browser back to; the app in the CRM must know it, letter for letter. */
  readonly redirectUri: string;
  /** Comes back with the browser; says to which request the answer belongs. */
  readonly state: string;
  /** PKCE (RFC 7636), 43 to 128 characters, a secret until the code is redeemed. A CRM that does not know it ignores it. */
  readonly verifier: string;
}

export interface AuthorizationAnswer {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

export interface GrantedAccess {
  readonly refreshToken: string;
  /** The org or portal that was connected, by the CRM's own id; null when it does not tell. */
  readonly organisation: string | null;
}

export interface CrmAuthorization {
  /** Where to send the browser. */
  addressOf(request: AuthorizationRequest): string;
  /** Redeems the code, which is good for one use. Throws AuthError when the CRM refuses it. */
  redeem(answer: AuthorizationAnswer): Promise<GrantedAccess>;
}
