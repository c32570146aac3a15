// Where a company settles by a policy: what it computes with people's word over it, when nothing waits and nothing is held. What
// holds it first, and what it claims of a limited tier, stand beside it.
import { advanceTier, type Hold } from '#domain/tier/advance-tier.ts';
import type { CapacityCandidate } from '#domain/tier/apply-capacity.ts';
import { applyOverride } from '#domain/tier/apply-override.ts';
import { type DayNumber, isPublishDay, parseDay } from '#domain/tier/day.ts';
import type { Tier } from '#domain/tier/tier.ts';
import type { CompanyDossier } from '#ports/store.ts';
import { type JudgedCompany, judgeCompany } from '../plan/judge-company.ts';
import { claimSlot } from '../plan/slot-claim.ts';
import type { Scoring } from '../score/scoring.ts';

export interface SettledCompany {
  readonly judged: JudgedCompany;
  readonly tier: Tier;
  readonly reasons: readonly string[];
  /** What keeps the next nightly run from showing it; null: it shows then. */
  readonly hold: Hold | null;
  /** The tier underneath changes with the next nightly run. */
  readonly changesNextNight: boolean;
  /** Null while capacity is off, and for what no limit is set on. */
  readonly claim: CapacityCandidate | null;
}

/** Null for a company without accounts. */
export function settleCompany(dossier: CompanyDossier, scoring: Scoring): SettledCompany | null {
  const judged = judgeCompany(dossier, scoring);
  if (judged === null) return null;
  const { policy } = scoring;
  const { assessment } = judged.score;
  const { tier, code } = applyOverride(assessment.computedTier, judged.word.override);
  const tomorrow = { ...judged.state.known, day: judged.day + 1 };
  const next = advanceTier(judged.step.state, assessment, tomorrow, policy);
  const settled = { ...judged, step: { ...judged.step, tier }, day: dayWhenSettled(judged.day, scoring) };
  return {
    judged,
    tier,
    reasons: code === null ? assessment.reasons : [...assessment.reasons, code],
    hold: next.hold,
    changesNextNight: judged.before.tier !== null && next.state.tier !== judged.before.tier,
    claim: policy.capacity.enabled ? claimSlot(settled, scoring) : null,
  };
}

/** Slots are given up on publish days only, and not before their minimum stay is over: what settles has seen both. */
function dayWhenSettled(day: DayNumber, { policy }: Scoring): DayNumber {
  const { publishFrom, publishEveryDays } = policy.change;
  let settled = day + Math.max(...Object.values(policy.stay.dwellDays)) + 1;
  while (!isPublishDay(settled, parseDay(publishFrom), publishEveryDays)) settled += 1;
  return settled;
}
