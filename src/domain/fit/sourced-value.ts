// One value of an account with where it came from and when it was true.
import type { CanonicalValue } from '#domain/record/objects.ts';

export interface SourcedValue {
  readonly value: CanonicalValue;
  /** Connection or source id, as people know it. */
  readonly source: string;
  /** Milliseconds since 1970, UTC; null for a CRM field, which holds now. */
  readonly observedAtMs: number | null;
  /** How long the source's values count; null takes the policy's. */
  readonly freshDays: number | null;
}

/** Canonical field name → value; a field that is absent is unknown. */
export type SourcedValues = ReadonlyMap<string, SourcedValue>;

const DAY_MS = 86_400_000;

/** Too old to be believed; then it counts as unknown. */
export function isStale(value: SourcedValue, asOfMs: number, defaultFreshDays: number): boolean {
  if (value.observedAtMs === null) return false;
  return (asOfMs - value.observedAtMs) / DAY_MS > (value.freshDays ?? defaultFreshDays);
}
