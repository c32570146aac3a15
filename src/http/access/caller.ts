// Who is calling, once that is known.
import type { AccessRole } from '#domain/access/access-role.ts';

export interface KnownCaller {
  readonly kind: 'user' | 'api-key';
  readonly id: string;
  readonly role: AccessRole;
  /** Null for an API key. */
  readonly email: string | null;
  /** The session's own id, from the cookie; null for an API key. */
  readonly sessionId: string | null;
}
