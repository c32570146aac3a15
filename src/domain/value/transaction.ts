// One line of a customer's account: ordered, billed, paid or shipped, in the workspace's currency.

export const TRANSACTION_TYPES = ['order', 'invoice', 'payment', 'shipment'] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

export interface Transaction {
  readonly type: TransactionType;
  /** Below zero: a credit note, a refund. null in a currency without a rate. */
  readonly amount: number | null;
  /** Milliseconds since 1970, UTC. */
  readonly occurredAtMs: number;
  /** null: not said, so that it cannot be late. */
  readonly dueAtMs: number | null;
  readonly source: string;
}
