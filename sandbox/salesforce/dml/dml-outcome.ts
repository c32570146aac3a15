// What became of one row of a write.
import type { DmlError } from './dml-error.ts';

export type DmlOutcome =
  | { readonly success: true; readonly id: string; readonly created: boolean }
  | { readonly success: false; readonly id: string | null; readonly errors: readonly DmlError[] };

export const refused = (errors: readonly DmlError[], id: string | null = null): DmlOutcome => ({
  success: false,
  id,
  errors,
});
