// Finds single changes that would move a company up, and proves each by judging the company with it. Guesses nothing: what
// does not move the tier when it is applied is not said.
import type { AccountFacts, Assessment } from './evaluation.ts';
import type { Policy } from './policy.ts';
import { isBetter, type Tier } from './tier.ts';

export interface BetterTier {
  readonly tier: Tier;
  /** What would have to happen, as a clause: "intent rises to 60". */
  readonly change: string;
}

interface Candidate {
  readonly change: string;
  readonly facts: AccountFacts;
}

/** Best tier first; at most one change of each kind. */
export function findBetterTiers(
  facts: AccountFacts,
  assessment: Assessment,
  judge: (facts: AccountFacts) => Tier,
  policy: Policy,
): readonly BetterTier[] {
  return candidates(facts, assessment, policy)
    .map(({ change, facts: changed }) => ({ tier: judge(changed), change }))
    .filter(({ tier }) => isBetter(tier, assessment.computedTier))
    .toSorted((a, b) => (isBetter(a.tier, b.tier) ? -1 : isBetter(b.tier, a.tier) ? 1 : 0));
}

function candidates(facts: AccountFacts, assessment: Assessment, policy: Policy): readonly Candidate[] {
  const list: Candidate[] = [];
  const demo = { type: 'demo_request', ageDays: 0, person: 'somebody new', role: 'decision_maker' } as const;
  if (!assessment.actNow) {
    list.push({
      change: 'a decision maker asks for a demo',
      facts: { ...facts, events: [...facts.events, demo] },
    });
  }
  if (!assessment.intentOn) list.push(moreIntent(facts, policy));
  if (!assessment.engagedOn) list.push(moreEngagement(facts, assessment, policy));
  if (facts.able === 0) list.push({ change: 'the budget is no longer frozen', facts: { ...facts, able: 1 } });
  for (const [band, from] of [
    ['medium', policy.value.bands.medium],
    ['large', policy.value.bands.large],
  ] as const) {
    if ((facts.acv ?? 0) < from)
      list.push({ change: `ACV potential reaches ${from} (${band})`, facts: { ...facts, acv: from * 1.1 } });
  }
  for (const [criterion, match] of Object.entries(facts.fit)) {
    if (match === 1) continue;
    list.push({
      change: `${criterion} becomes an exact match of the profile`,
      facts: {
        ...facts,
        fit: { ...facts.fit, [criterion]: 1 },
        mustHaveMiss: facts.mustHaveMiss === criterion ? null : facts.mustHaveMiss,
      },
    });
  }
  return list;
}

function moreIntent(facts: AccountFacts, policy: Policy): Candidate {
  const score = policy.intent.enter;
  const surging = Array.from({ length: Math.max(1, facts.topicsConfigured) }, () => ({
    score,
    ageDays: 0,
    method: 'first_party' as const,
  }));
  return { change: `intent rises to ${score}`, facts: { ...facts, topics: surging } };
}

/** Enough people do enough today that the score rule holds. */
function moreEngagement(facts: AccountFacts, { engagementThreshold }: Assessment, policy: Policy): Candidate {
  const { people } = policy.engagement.threshold;
  const each = Math.ceil(engagementThreshold / people / policy.engagement.points.reply) + 1;
  const events = Array.from({ length: people * each }, (_, index) => ({
    type: 'reply' as const,
    ageDays: 0,
    person: `somebody new ${index % people}`,
    role: 'user' as const,
  }));
  return {
    change: `${people} people engage up to ${engagementThreshold} points`,
    facts: { ...facts, events: [...facts.events, ...events] },
  };
}
