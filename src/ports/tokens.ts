// Where a connector keeps a refresh token that the CRM rotated: the newest stored one beats the workspace file's.

export interface TokenStore {
  load(connection: string): Promise<string | null>;
  /** Durable before it resolves: the old token is already dead at the CRM. */
  save(connection: string, refreshToken: string): Promise<void>;
}
