// What the contract suite needs to know of a CRM under test: the connector, some field names, and a hand inside the sandbox.
import type { Crm, CrmChange, CrmFields, CrmValue } from '#ports/crm.ts';

export const NETWORK_FAULTS = ['cut-before', 'cut-after-commit', 'cut-mid-body', 'unavailable'] as const;
export type NetworkFault = (typeof NETWORK_FAULTS)[number];

export interface CrmFixture {
  readonly crm: Crm;
  readonly account: {
    readonly crmObject: string;
    /** Readable on every account. */
    readonly nameField: string;
    /** Free text that the connected user may write. */
    readonly textField: string;
    /** A number that the connected user may write. */
    readonly numberField: string;
    /** Values that this CRM refuses for one row, and the code and field of the outcome. */
    readonly refused: { readonly fields: CrmFields; readonly code: string; readonly field: string | null };
  };
  readonly task: { readonly crmObject: string };
  /** False when the CRM shows deletions only to full pulls. */
  readonly showsDeletionsIncrementally: boolean;
  /** A task as the pipeline would ask for it. */
  newTask(key: string, accountId: string): Pick<CrmChange, 'fields' | 'idempotency' | 'accountId'>;

  // The hand inside: none of these calls goes through the connector or counts.
  /** Accounts last changed by a person, all at that moment when it is given, else long before now; returns their ids. */
  addAccounts(count: number, modifiedAt?: Date): Promise<readonly string[]>;
  editAccount(id: string, fields: CrmFields): Promise<void>;
  deleteAccount(id: string): Promise<void>;
  /** As the CRM holds it now. */
  valueOf(accountId: string, field: string): Promise<CrmValue>;
  /** Live tasks that hold this key. */
  countTasks(key: string): Promise<number>;
  /** Access tokens given out so far stop working. */
  expireSession(): Promise<void>;
  /** The next call that reads or writes records meets this fault, so often. */
  injectFault(call: 'read' | 'write', fault: NetworkFault, times?: number): Promise<void>;
  close(): Promise<void>;
}

export type MakeCrmFixture = () => Promise<CrmFixture>;

export const toStream = async function* (changes: readonly CrmChange[]): AsyncGenerator<CrmChange, void> {
  yield* changes;
};
