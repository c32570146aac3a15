// Tells news from decay: scores fade a little every day, and not every fading is worth a write.
import type { Policy } from './policy.ts';
import type { ReasonFacts } from './text/reason-facts.ts';

export interface Scores {
  readonly fit: number;
  readonly intent: number;
  /** As the CRM shows it, at most 100. */
  readonly engagement: number;
}

/**
 * The same as long as the tier, the bands, the codes and the facts are: text for comparing, not for reading. Left out
 * are numbers that decay and the day on which a topic was last seen, which moves with every delivery of its source.
 */
export function factsFingerprint(facts: ReasonFacts): string {
  const { intent, people } = facts;
  return JSON.stringify([
    facts.tier,
    facts.since,
    facts.computedTier,
    facts.reasons,
    facts.fitBand,
    facts.acvBand,
    facts.intentOn,
    facts.engagedOn,
    facts.met.map(({ criterion, value }) => [criterion, value]),
    facts.unknown,
    intent === null ? null : 'topic' in intent ? intent.topic : intent.signal,
    facts.actNow === null ? null : [facts.actNow.type, facts.actNow.on, facts.actNow.role],
    people === null ? null : people.role,
    facts.acv === null,
    facts.reviewOn,
    facts.hold === null ? null : [facts.hold.code, facts.hold.until],
    facts.override === null
      ? null
      : [facts.override.code, facts.override.by, facts.override.why, facts.override.until],
  ]);
}

/** Whether any score moved so far that it is worth a write of its own. Unwritten scores are news. */
export function movedMaterially(before: Scores | null, now: Scores, policy: Policy['change']): boolean {
  if (before === null) return true;
  const noise = 1e-9;
  return [now.fit - before.fit, now.intent - before.intent, now.engagement - before.engagement].some(
    (moved) => Math.abs(moved) >= policy.materialPoints - noise,
  );
}
