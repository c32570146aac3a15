// Writes the one thing a rep should do next. The first situation that holds decides.
import type { Policy } from '../policy.ts';
import { fill, writeList, writeShortDate } from './compose.ts';
import type { NextStepPhrases, Phrases } from './phrases.ts';
import { phrasesOf } from './phrases-of.ts';
import type { ReasonFacts } from './reason-facts.ts';
import { ANY_ROOM, cut, fits, narrowTo, type TextRoom } from './text-room.ts';

const TOPIC: TextRoom = { characters: 60, bytes: null };

/** @param room what the field takes that the text is for; the policy may allow less */
export function writeNextStep(
  facts: ReasonFacts,
  locale: string,
  policy: Policy['text'],
  room: TextRoom = ANY_ROOM,
): string {
  const phrases = phrasesOf(locale);
  const narrow = narrowTo(policy.nextStepLength, room);
  const wordings = chooseStep(facts, phrases).map((step) => `${step}${phrases.sentence.stop}`);
  return wordings.find((wording) => fits(wording, narrow)) ?? cut(wordings.at(-1) ?? '', narrow);
}

/** Wordings of the same step, the fullest first. */
function chooseStep(facts: ReasonFacts, phrases: Phrases): readonly string[] {
  const { nextStep } = phrases;
  if (facts.tier === 'Excluded') return [nextStep.noOutreach];
  if (facts.actNow !== null) {
    return [fill(nextStep.actNow[facts.actNow.type], { date: writeShortDate(facts.actNow.on, phrases) })];
  }
  switch (facts.tier) {
    case 'Tier 1':
      return [nextStep.tier1];
    case 'Tier 2':
      return chooseTier2Step(facts, nextStep);
    case 'Tier 3':
      if (facts.reasons.includes('SMALL_ACV_FAST_LANE')) return [nextStep.fastLane];
      return [facts.engagedOn ? nextStep.keepTalking : nextStep.nurture];
    case 'Unscored': {
      const names = facts.unknown.map((name) => phrases.criteria[name] ?? name);
      return [3, 2, 1].map((count) =>
        fill(nextStep.fillIn, { criteria: writeList(names.slice(0, count), phrases) }),
      );
    }
    case 'Not tiered':
      return [nextStep.inboundOnly];
  }
}

function chooseTier2Step(facts: ReasonFacts, nextStep: NextStepPhrases): readonly string[] {
  if (facts.reasons.includes('ABLE_VETO')) return [nextStep.askBudget];
  if (facts.engagedOn) return [facts.intentOn ? nextStep.winAdvocates : nextStep.askPlans];
  const { intent } = facts;
  if (intent === null || !('topic' in intent)) return [nextStep.findPeople];
  return [fill(nextStep.topicSequence, { topic: cut(intent.topic, TOPIC) }), nextStep.findPeople];
}
