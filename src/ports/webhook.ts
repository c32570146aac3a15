// What a CRM's webhook call says: which records changed. Neither order nor single delivery is promised, so nothing else is taken.
import type { TouchedRecord } from './store.ts';

export interface WebhookDelivery {
  readonly method: string;
  /** As the CRM called it: scheme, host, path and query. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Byte for byte as it came: the signature covers it. */
  readonly body: Buffer;
  readonly receivedAt: Date;
}

export interface WebhookReading {
  readonly touched: readonly TouchedRecord[];
  /** Contacts whose person asked to be forgotten; they stand among the touched too. */
  readonly forgotten: readonly TouchedRecord[];
  readonly counts: {
    readonly events: number;
    /** Of our own writes. */
    readonly echoes: number;
    /** Of objects or kinds that mean nothing to us, or that could not be read. */
    readonly ignored: number;
  };
}

export type WebhookOutcome =
  | WebhookReading
  /** `unsigned`: not from the CRM, as far as can be known. `stale`: signed, but too long ago. `unreadable`: signed nonsense. */
  | { readonly refused: 'unsigned' | 'stale' | 'unreadable' };

export interface WebhookReader {
  /** Decides on the delivery alone: the same one twice gives the same answer. */
  read(delivery: WebhookDelivery): WebhookOutcome;
}
