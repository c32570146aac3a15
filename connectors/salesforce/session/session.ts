// What a login gives: where to call and with which token. It does not say how long it lives; a 401 tells.

export interface Session {
  readonly accessToken: string;
  /** The org's own host; it may change when an org moves, so it is never kept beyond the session. */
  readonly instanceUrl: string;
  /** 18 characters each; null when the login did not tell. */
  readonly organisationId: string | null;
  readonly userId: string | null;
}
