// What a company claims of a limited tier: the few facts by which it stands in line, kept for runs that look at other companies
// only. Gives no place.
import { textOf } from '#domain/record/text-of.ts';
import type { CapacityCandidate } from '#domain/tier/apply-capacity.ts';
import { findLockedTier, mayEnterSlot, type SlotSituation } from '#domain/tier/take-place.ts';
import { isRanked, type RankedTier, type Tier } from '#domain/tier/tier.ts';
import type { Json } from '#ports/store.ts';
import type { Scoring } from '../score/scoring.ts';
import type { JudgedCompany } from './judge-company.ts';

/** Tier 3 is advice and never limited. */
const LIMITED: ReadonlySet<Tier> = new Set<RankedTier>(['Tier 1', 'Tier 2']);

interface StandingClaim
  extends Pick<
    CapacityCandidate,
    'owner' | 'marketer' | 'tier' | 'hasOpenDeal' | 'ratingTotal' | 'priority' | 'acv'
  > {
  readonly shownTier: Tier;
}

/** Null for a company that claims nothing. */
export function claimSlot(judged: JudgedCompany, { policy }: Scoring): CapacityCandidate | null {
  const { score, step, before } = judged;
  if (!LIMITED.has(step.tier)) return null;
  const situation: SlotSituation = {
    before,
    tier: step.tier,
    day: judged.day,
    openOpportunity: judged.state.known.openOpportunity,
    actNow: score.assessment.actNow,
    override: judged.word.override,
  };
  return {
    id: judged.companyKey,
    ...loadOf(judged),
    tier: step.tier,
    previousTier: before.shownTier,
    lockedTier: findLockedTier(situation, policy),
    hasOpenDeal: situation.openOpportunity,
    mayEnter: mayEnterSlot(situation),
    ratingTotal: score.ratings.total,
    priority: score.assessment.priority,
    acv: score.acv.acv,
  };
}

/** To be stored, once its place is given. */
export function rememberClaim(placed: JudgedCompany): Json {
  const { score, step } = placed;
  const tier = step.state.tierUncapped ?? step.tier;
  if (!LIMITED.has(tier)) return null;
  const claim: StandingClaim = {
    ...loadOf(placed),
    tier,
    shownTier: step.tier,
    hasOpenDeal: placed.state.known.openOpportunity,
    ratingTotal: score.ratings.total,
    priority: score.assessment.priority,
    acv: score.acv.acv,
  };
  return { ...claim };
}

/** A company that the run does not look at: it keeps the slot that it has, and stands in line for the one it wants. */
export function standingClaim(companyKey: string, stored: Json): CapacityCandidate {
  const { shownTier, ...claim } = stored as unknown as StandingClaim;
  return {
    id: companyKey,
    ...claim,
    previousTier: shownTier,
    lockedTier: isRanked(shownTier) ? shownTier : null,
    mayEnter: true,
  };
}

/** Whose load it is: the owner of the record that is worked, by CRM; the marketer that a mapped field names. */
function loadOf({ score }: JudgedCompany): Pick<CapacityCandidate, 'owner' | 'marketer'> {
  const { lead, values } = score;
  const owner = textOf(lead.fields, 'ownerId');
  const marketer = values.get('marketer')?.value;
  return {
    owner: owner === null ? null : `${lead.connection}:${owner}`,
    marketer: typeof marketer === 'string' && marketer.trim() !== '' ? marketer.trim() : null,
  };
}
