// Access and refresh tokens of the sandbox: which user they stand for, and when they stopped working.
import { randomBytes } from 'node:crypto';

export interface Sessions {
  /** An opaque token in the shape of a session id: `00D…!…`. */
  openSession(userId: string): string;
  /** Null when the token was never issued, expired or was revoked. */
  findUser(token: string): string | null;
  issueRefreshToken(userId: string): string;
  /** The user a refresh token stands for; null when it is unknown or was replaced. */
  findRefreshUser(token: string): string | null;
  revoke(token: string): void;
  /** As when the session time-out of the org has passed: refresh tokens go on working. */
  expireSessions(): void;
  revokeRefreshTokens(): void;
}

export interface SessionOptions {
  readonly orgId: string;
  readonly now: () => Date;
  /** Sessions live this long after they are opened; null for ever. */
  readonly lifetimeMs: number | null;
}

const TOKEN_BYTES = 48;
const REFRESH_PREFIX = '5Aep861';

export const createSessions = ({ orgId, now, lifetimeMs }: SessionOptions): Sessions => {
  const sessions = new Map<string, { readonly userId: string; readonly endsAtMs: number }>();
  const refreshTokens = new Map<string, string>();
  return {
    openSession(userId) {
      const token = `${orgId.slice(0, 15)}!${randomBytes(TOKEN_BYTES).toString('base64url')}`;
      const endsAtMs = lifetimeMs === null ? Number.POSITIVE_INFINITY : now().getTime() + lifetimeMs;
      sessions.set(token, { userId, endsAtMs });
      return token;
    },
    findUser(token) {
      const session = sessions.get(token);
      return session === undefined || session.endsAtMs <= now().getTime() ? null : session.userId;
    },
    issueRefreshToken(userId) {
      const token = REFRESH_PREFIX + randomBytes(TOKEN_BYTES).toString('base64url');
      refreshTokens.set(token, userId);
      return token;
    },
    findRefreshUser: (token) => refreshTokens.get(token) ?? null,
    revoke(token) {
      const userId = refreshTokens.get(token);
      sessions.delete(token);
      refreshTokens.delete(token);
      if (userId === undefined) return;
      // A revoked refresh token takes the sessions it opened with it.
      for (const [key, session] of sessions) if (session.userId === userId) sessions.delete(key);
    },
    expireSessions() {
      sessions.clear();
    },
    revokeRefreshTokens() {
      refreshTokens.clear();
    },
  };
};
