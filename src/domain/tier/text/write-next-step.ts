// Writes the one thing a rep should do next. The first situation that holds decides.
import type { Policy } from '../policy.ts';
import { cut, fill, writeList, writeShortDate } from './compose.ts';
import type { NextStepPhrases, Phrases } from './phrases.ts';
import { phrasesOf } from './phrases-of.ts';
import type { ReasonFacts } from './reason-facts.ts';

export function writeNextStep(facts: ReasonFacts, locale: string, policy: Policy['text']): string {
  const phrases = phrasesOf(locale);
  return cut(`${chooseStep(facts, phrases)}${phrases.sentence.stop}`, policy.nextStepLength);
}

function chooseStep(facts: ReasonFacts, phrases: Phrases): string {
  const { nextStep } = phrases;
  if (facts.tier === 'Excluded') return nextStep.noOutreach;
  if (facts.actNow !== null) {
    return fill(nextStep.actNow[facts.actNow.type], { date: writeShortDate(facts.actNow.on, phrases) });
  }
  switch (facts.tier) {
    case 'Tier 1':
      return nextStep.tier1;
    case 'Tier 2':
      return chooseTier2Step(facts, nextStep);
    case 'Tier 3':
      if (facts.reasons.includes('SMALL_ACV_FAST_LANE')) return nextStep.fastLane;
      return facts.engagedOn ? nextStep.keepTalking : nextStep.nurture;
    case 'Unscored': {
      const criteria = facts.unknown.slice(0, 3).map((name) => phrases.criteria[name] ?? name);
      return fill(nextStep.fillIn, { criteria: writeList(criteria, phrases) });
    }
    case 'Not tiered':
      return nextStep.inboundOnly;
  }
}

function chooseTier2Step(facts: ReasonFacts, nextStep: NextStepPhrases): string {
  if (facts.reasons.includes('ABLE_VETO')) return nextStep.askBudget;
  if (facts.engagedOn) return facts.intentOn ? nextStep.winAdvocates : nextStep.askPlans;
  const { intent } = facts;
  if (intent === null || !('topic' in intent)) return nextStep.findPeople;
  return fill(nextStep.topicSequence, { topic: cut(intent.topic, 60) });
}
