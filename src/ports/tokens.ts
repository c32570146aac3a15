// Where a connector keeps a refresh token that the CRM gave or rotated: the newest stored one beats the workspace file's.

export interface TokenStore {
  load(connection: string): Promise<string | null>;
  /** Durable before it resolves: the old token is already dead at the CRM. */
  save(connection: string, refreshToken: string): Promise<void>;
  /**
   * Does `work` while no other process does work of the same connection: two refreshes at once with a token that
   * rotates would leave one of them with a dead one.
   */
  exclusively<Result>(connection: string, work: () => Promise<Result>): Promise<Result>;
}

/** What an administrator does with stored tokens. */
export interface StoredTokens extends TokenStore {
  /** Seals with the current key whatever is not; counts what is stored and what was, or with `dryRun` would be, sealed anew. */
  sealAnew(options: {
    readonly dryRun: boolean;
  }): Promise<{ readonly stored: number; readonly sealed: number }>;
}
