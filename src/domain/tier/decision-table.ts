// The decision table of the policy: which row speaks for an account's bands and flags. The rows themselves are data.
import { FIT_BANDS, type FitBand } from '#domain/fit/fit-policy.ts';
import { ACV_BANDS, type AcvBand } from '#domain/value/value-policy.ts';
import type { SettableTier } from './tier.ts';

/** `method`: a cell that the published Goldilocks method defines. `ours`: our judgement, for the calibration to test. */
export const ROW_ORIGINS = ['method', 'ours'] as const;
export type RowOrigin = (typeof ROW_ORIGINS)[number];

export interface DecisionRow {
  readonly fit: readonly FitBand[];
  readonly acv: readonly AcvBand[];
  /** null: whether there is recent intent does not matter. */
  readonly intent: boolean | null;
  readonly engaged: boolean | null;
  readonly tier: SettableTier;
  readonly reason: string;
  readonly from: RowOrigin;
}

export interface Cell {
  readonly fit: FitBand;
  readonly acv: AcvBand;
  readonly intent: boolean;
  readonly engaged: boolean;
}

/** The first row whose conditions hold; null when the table has a hole, which the loader refuses. */
export function findRow(table: readonly DecisionRow[], cell: Cell): DecisionRow | null {
  return table.find((row) => matchesRow(row, cell)) ?? null;
}

export function matchesRow(row: DecisionRow, cell: Cell): boolean {
  return (
    (row.intent === null || row.intent === cell.intent) &&
    (row.engaged === null || row.engaged === cell.engaged) &&
    row.fit.includes(cell.fit) &&
    row.acv.includes(cell.acv)
  );
}

/** All 48 situations the table has to answer. */
export function listCells(): readonly Cell[] {
  const flags = [true, false];
  return FIT_BANDS.flatMap((fit) =>
    ACV_BANDS.flatMap((acv) =>
      flags.flatMap((intent) => flags.map((engaged) => ({ fit, acv, intent, engaged }))),
    ),
  );
}
