// Makes single rows of a write fail, as locks, triggers and duplicate rules do, however the row is sent.
import type { DmlError } from '../dml/dml-error.ts';
import type { FieldValue } from './row.ts';

export const ROW_OPERATIONS = ['insert', 'update', 'delete'] as const;
export type RowOperation = (typeof ROW_OPERATIONS)[number];

export interface RowAttempt {
  readonly object: string;
  readonly operation: RowOperation;
  /** Null for inserts. */
  readonly id: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

export interface RowFault {
  /** Any object when left out. */
  readonly object?: string;
  readonly operation?: RowOperation;
  /** Any row when left out. */
  readonly id?: string;
  /** A test of one's own, run after the others. */
  readonly when?: (attempt: RowAttempt) => boolean;
  /** How many rows fail; 1 when left out, `Infinity` for all. */
  readonly times?: number;
  readonly error: DmlError;
}

export interface RowFaults {
  /** Adds a fault and returns what removes it. */
  inject(fault: RowFault): () => void;
  clear(): void;
  take(attempt: RowAttempt): DmlError | null;
}

const matches = (fault: RowFault, attempt: RowAttempt): boolean =>
  (fault.object === undefined || fault.object.toLowerCase() === attempt.object.toLowerCase()) &&
  (fault.operation === undefined || fault.operation === attempt.operation) &&
  (fault.id === undefined || attempt.id?.startsWith(fault.id.slice(0, 15)) === true) &&
  (fault.when === undefined || fault.when(attempt));

export const createRowFaults = (): RowFaults => {
  let live: { readonly fault: RowFault; left: number }[] = [];
  return {
    inject(fault) {
      const entry = { fault, left: fault.times ?? 1 };
      live.push(entry);
      return () => {
        live = live.filter((other) => other !== entry);
      };
    },
    clear() {
      live = [];
    },
    take(attempt) {
      for (const entry of live) {
        if (entry.left <= 0 || !matches(entry.fault, attempt)) continue;
        entry.left -= 1;
        return entry.fault.error;
      }
      return null;
    },
  };
};
