// Which row of the decision table spoke for an account, in the words of the table. Decides nothing anew.
import type { FitBand } from '#domain/fit/fit-policy.ts';
import { type Cell, findRow, type RowOrigin } from './decision-table.ts';
import type { Assessment } from './evaluation.ts';
import type { Policy } from './policy.ts';
import type { SettableTier } from './tier.ts';

export interface ExplainedRule extends Cell {
  readonly gives: SettableTier;
  readonly reason: string;
  /** A cell that the published method defines, or one of ours. */
  readonly from: RowOrigin;
}

/** null: something before the table decided, as the reason's code says. */
export function explainRule(assessment: Assessment, policy: Policy): ExplainedRule | null {
  const { computedTier, reasons, acvBand, intentOn, engagedOn } = assessment;
  const code = reasons[0] ?? '';
  if (computedTier === 'Excluded' || computedTier === 'Unscored' || code.startsWith('MUST_HAVE_MISS'))
    return null;
  const cell: Cell = {
    fit: fitBandOf(assessment, policy),
    acv: acvBand,
    intent: intentOn,
    engaged: engagedOn,
  };
  const row = findRow(policy.table, cell);
  return row === null ? null : { ...cell, gives: row.tier, reason: row.reason, from: row.from };
}

function fitBandOf({ fit, on }: Assessment, { fit: policy }: Policy): FitBand {
  if (on.fitStrong) return 'strong';
  if (on.fitHigh) return 'high';
  return fit >= policy.mediumFrom ? 'medium' : 'low';
}
