// Who changed what, when, from what to what. Written and read, never changed.
import type { Json } from './store.ts';

/** Who is answerable for a change. */
export interface Author {
  readonly kind: 'user' | 'api-key' | 'command-line' | 'link' | 'crm';
  /** Id of the user or the key; the operating system's user name for the command line; the connection whose CRM asked. */
  readonly id: string;
  readonly requestId: string | null;
}

export interface AuditEntry {
  /** ISO moment. */
  readonly at: string;
  readonly author: Author;
  /** What was done, such as `user.add`. */
  readonly action: string;
  /** Kind and id of what was changed, such as `user:u_3f…`. */
  readonly subject: string;
  /** Null: it was not there. */
  readonly before: Json;
  /** Null: it is gone. */
  readonly after: Json;
}

export interface StoredAuditEntry extends AuditEntry {
  /** Grows with time. */
  readonly number: number;
}

export interface AuditStore {
  add(entry: AuditEntry): Promise<void>;
  /** Newest first; `before`: only entries with smaller numbers. */
  list(query: {
    readonly before: number | null;
    readonly limit: number;
  }): Promise<readonly StoredAuditEntry[]>;
}
