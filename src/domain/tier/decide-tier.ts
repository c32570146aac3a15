// Computes the tier from bands and flags: exclusion, must-have, completeness, then the table. First match decides.
import type { FitScore } from '#domain/fit/score-fit.ts';
import type { AcvBand } from '#domain/value/value-policy.ts';
import { findRow } from './decision-table.ts';
import type { Rating } from './evaluation.ts';
import type { Policy } from './policy.ts';
import { rateSuccess } from './rate-success.ts';
import type { Tier } from './tier.ts';

export interface Situation {
  readonly excluded: string | null;
  readonly mustHaveMiss: string | null;
  readonly fit: FitScore;
  readonly acvBand: AcvBand;
  readonly intentOn: boolean;
  readonly engagedOn: boolean;
  readonly able: Rating | null;
  /** What a rep says instead of fit. */
  readonly success?: Rating | null;
}

export interface Decision {
  readonly tier: Tier;
  readonly reason: string;
}

export function decideTier(situation: Situation, policy: Policy): Decision {
  const { excluded, mustHaveMiss, fit } = situation;
  if (excluded !== null) return { tier: 'Excluded', reason: `EXCLUDED:${excluded}` };
  if (mustHaveMiss !== null) return { tier: 'Not tiered', reason: `MUST_HAVE_MISS:${mustHaveMiss}` };
  if (fit.completeness < policy.fit.minimumCompleteness)
    return { tier: 'Unscored', reason: 'DATA_INCOMPLETE' };
  const row = findRow(policy.table, {
    fit: fit.band,
    acv: situation.acvBand,
    intent: situation.intentOn,
    engaged: situation.engagedOn,
  });
  if (row === null)
    throw new RangeError(`The decision table has no row for fit ${fit.band}, ${situation.acvBand} ACV`);
  const veto = row.tier === policy.veto.from ? findVeto(situation, policy) : null;
  return veto === null ? row : { tier: policy.veto.to, reason: veto };
}

function findVeto(situation: Situation, policy: Policy): string | null {
  if (policy.veto.able && situation.able === 0) return 'ABLE_VETO';
  // By fit unreachable while strong fit begins above the first success cut, which an admin may change.
  const success = situation.success ?? rateSuccess(situation.fit.fit, policy.ratings);
  if (policy.veto.success && success === 0) return 'SUCCESS_VETO';
  return null;
}
