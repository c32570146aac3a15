// What keeps an account from Tier 1, from the facts of its evaluation.
import type { Phrases } from './phrases.ts';
import type { ReasonFacts } from './reason-facts.ts';

export function listLacks(facts: ReasonFacts, { lacks }: Phrases): readonly string[] {
  const { reasons } = facts;
  const found: string[] = [];
  if (facts.fitBand !== 'strong') found.push(lacks.fit);
  if (facts.acvBand !== 'large') found.push(lacks.acv[facts.acvBand]);
  if (!facts.intentOn) found.push(lacks.intent);
  if (!facts.engagedOn) found.push(lacks.engagement);
  if (reasons.includes('ABLE_VETO')) found.push(lacks.budget);
  if (reasons.includes('SUCCESS_VETO')) found.push(lacks.success);
  if (reasons.includes('CAPACITY')) found.push(lacks.capacity);
  return found;
}
