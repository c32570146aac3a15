// Writes the sentence or two that a rep reads beside the tier. It states dates, never ages, so that it changes only when
// something happened.
import type { Policy } from '../policy.ts';
import { fill, joinSentences, writeAmount, writeDate, writeList, writeShortDate } from './compose.ts';
import { listLacks } from './list-lacks.ts';
import type { Phrases } from './phrases.ts';
import { phrasesOf } from './phrases-of.ts';
import type { IntentFact, OverrideFact, ReasonFacts } from './reason-facts.ts';
import { ANY_ROOM, cut, narrowTo, type TextRoom } from './text-room.ts';

/** Longer names of topics and longer reasons of people would push out what else there is to say. */
const NAME: TextRoom = { characters: 60, bytes: null };
const MATCHED_WORD: TextRoom = { characters: 30, bytes: null };

/** @param room what the field takes that the text is for; the policy may allow less */
export function writeReason(
  facts: ReasonFacts,
  locale: string,
  policy: Policy['text'],
  room: TextRoom = ANY_ROOM,
): string {
  const phrases = phrasesOf(locale);
  const sentences = [
    writeTier(facts, phrases),
    writeOverride(facts.override, phrases),
    writeHold(facts, phrases),
    writeLacks(facts, phrases),
    ...(isJudged(facts) ? writeEvidence(facts, phrases, policy.fitReasons) : []),
    facts.reviewOn === null
      ? null
      : fill(phrases.reason.review, { date: writeDate(facts.reviewOn, phrases) }),
  ];
  return joinSentences(
    sentences.filter((sentence) => sentence !== null),
    narrowTo(policy.reasonLength, room),
    phrases,
  );
}

/** Of a competitor or a blank record there is nothing to praise. */
function isJudged({ computedTier }: ReasonFacts): boolean {
  return computedTier !== 'Excluded' && computedTier !== 'Unscored';
}

function writeTier({ tier, since, reasons }: ReasonFacts, phrases: Phrases): string {
  const name = phrases.tiers[tier];
  const sentence =
    since === null
      ? fill(phrases.reason.tierOnly, { tier: name })
      : fill(phrases.reason.tierSince, { tier: name, date: writeDate(since, phrases) });
  const because = codeDetail(reasons, 'EXCLUDED');
  return because === null
    ? sentence
    : fill(phrases.reason.because, { tier: sentence, reason: cut(because, NAME) });
}

/** What follows the colon of a code such as `EXCLUDED:competitor`. */
function codeDetail(reasons: readonly string[], code: string): string | null {
  const found = reasons.find((reason) => reason.startsWith(`${code}:`));
  return found === undefined ? null : found.slice(code.length + 1);
}

function writeOverride(override: OverrideFact | null, phrases: Phrases): string | null {
  if (override === null) return null;
  const { reason } = phrases;
  const { code, by, why, until } = override;
  const date = until === null ? null : writeShortDate(until, phrases);
  if (code === 'OVERRIDE_EXPIRED') {
    return date === null ? reason.override.ended : fill(reason.override.endedOn, { date });
  }
  return fill(by === null ? reason.override.setByHand : reason.override.setBy, {
    by: by ?? '',
    until: date === null ? '' : fill(reason.override.until, { date }),
    why: why === null ? reason.override.noReason : fill(reason.override.why, { why: cut(why, NAME) }),
  });
}

function writeHold(facts: ReasonFacts, phrases: Phrases): string | null {
  const { hold, tier, computedTier } = facts;
  // Under an override what holds the tier underneath is not what people see.
  if (hold === null || (facts.override !== null && facts.override.code !== 'OVERRIDE_EXPIRED')) return null;
  const said = phrases.reason.hold;
  const places = {
    tier: phrases.tiers[tier],
    computed: phrases.tiers[computedTier],
    date: hold.until === null ? '' : writeDate(hold.until, phrases),
  };
  switch (hold.code) {
    case 'DWELL':
      return fill(said.dwell, places);
    case 'GRACE':
      return fill(said.grace, places);
    case 'PIPELINE_LOCK':
      return fill(said.openDeal, places);
    case 'CONFIRMING':
      return fill(said.confirming, places);
    case 'AWAITING_PUBLISH':
      return fill(said.awaitingPublish, places);
    case 'FROZEN':
      return said.frozen;
  }
}

/** Negatives come first: what an account lacks is what a rep can do something about. */
function writeLacks(facts: ReasonFacts, phrases: Phrases): string | null {
  const { tier, computedTier, reasons } = facts;
  const { reason } = phrases;
  const missed = codeDetail(reasons, 'MUST_HAVE_MISS');
  if (missed !== null) return fill(reason.missingMustHave, { criterion: phrases.criteria[missed] ?? missed });
  if (computedTier === 'Unscored') {
    const criteria = facts.unknown.slice(0, 3).map((name) => phrases.criteria[name] ?? name);
    return fill(reason.unscored, { criteria: writeList(criteria, phrases) });
  }
  if (computedTier === 'Excluded') return null;
  const lacks = listLacks(facts, phrases);
  if (lacks.length === 0) return null;
  const places = { lacks: writeList(lacks, phrases), tier: phrases.tiers[computedTier] };
  if (tier !== computedTier && !facts.reasons.includes('CAPACITY')) return fill(reason.wouldBe, places);
  return fill(reason.notTier1, places);
}

function writeEvidence(facts: ReasonFacts, phrases: Phrases, fitReasons: number): readonly (string | null)[] {
  const { reason } = phrases;
  return [
    writeFit(facts, phrases, fitReasons),
    facts.actNow === null
      ? writeIntent(facts.intent, phrases)
      : fill(reason.actNow[facts.actNow.type], {
          date: writeShortDate(facts.actNow.on, phrases),
          role: phrases.roles[facts.actNow.role],
        }),
    writePeople(facts, phrases),
    facts.acv === null ? null : fill(reason.acv, { amount: writeAmount(facts.acv, phrases) }),
  ];
}

function writeFit({ fit, met }: ReasonFacts, phrases: Phrases, fitReasons: number): string {
  const score = Math.round(fit);
  const criteria = met
    .slice(0, fitReasons)
    .map(({ criterion, value }) =>
      value === null ? (phrases.criteria[criterion] ?? criterion) : cut(value, MATCHED_WORD),
    );
  if (criteria.length === 0) return fill(phrases.reason.fitOnly, { score });
  return fill(phrases.reason.fit, { score, criteria: writeList(criteria, phrases) });
}

function writeIntent(intent: IntentFact | null, phrases: Phrases): string | null {
  if (intent === null) return null;
  const places = { score: Math.round(intent.score), date: writeShortDate(intent.seenOn, phrases) };
  if ('signal' in intent) return fill(phrases.reason.signals[intent.signal], places);
  return fill(phrases.reason.topic, { ...places, topic: cut(intent.topic, NAME) });
}

function writePeople({ people }: ReasonFacts, phrases: Phrases): string | null {
  if (people === null) return null;
  const { reason, roles } = phrases;
  return fill(people.count === 1 ? reason.person : reason.people, {
    count: people.count,
    including: people.role === null ? '' : fill(reason.including, { role: roles[people.role] }),
    score: Math.round(people.points),
  });
}
