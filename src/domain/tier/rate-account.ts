// Ready, Willing, Able, Success potential: the second opinion beside the tier, 0-3 each with its reason.
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import type { Rating } from './evaluation.ts';
import type { RatingPolicy } from './policy.ts';
import { rateSuccess } from './rate-success.ts';

export const RATING_NAMES = ['ready', 'willing', 'able', 'success'] as const;
export type RatingName = (typeof RATING_NAMES)[number];

export const BUDGETS = ['confirmed', 'likely', 'unknown', 'frozen'] as const;
export type Budget = (typeof BUDGETS)[number];

export interface RatingFacts {
  readonly fit: number;
  readonly intent: number;
  readonly intentOn: boolean;
  readonly engagedOn: boolean;
  /** A meeting was held, or a request for proposals came, recently enough to act upon. */
  readonly metRecently: boolean;
  /** What somebody noted that gives a reason to buy, lately enough; null when there is nothing. */
  readonly trigger: string | null;
  /** Days to a dated deadline of theirs; null when there is none. */
  readonly deadlineInDays: number | null;
  readonly budget: Budget | null;
  readonly revenueKnown: boolean;
  readonly decisionMakerKnown: boolean;
}

/** What a rep says instead, and for how long still. */
export interface RatingEdit {
  readonly rating: Rating;
  readonly ageDays: number;
}

export interface Rated {
  readonly rating: Rating;
  /** A code; the words for it are the locale's. */
  readonly reason: string;
}

export interface Ratings extends Readonly<Record<RatingName, Rated>> {
  /** Of 12; breaks ties for capacity. */
  readonly total: number;
}

export function rateAccount(
  facts: RatingFacts,
  edits: Partial<Readonly<Record<RatingName, RatingEdit>>>,
  policy: RatingPolicy,
): Ratings {
  const ready = overruled(rateReady(facts, policy), edits.ready, policy);
  const willing = overruled(rateWilling(facts), edits.willing, policy);
  const able = rateAble(facts, edits.able, policy);
  const success = overruled({ rating: rateSuccess(facts.fit, policy), reason: 'FIT' }, edits.success, policy);
  return {
    ready,
    willing,
    able,
    success,
    total: ready.rating + willing.rating + able.rating + success.rating,
  };
}

/** The own average of intent: what stands above it, without surging, is a weak trigger. */
const OWN_AVERAGE = 50;

function rateReady(facts: RatingFacts, policy: RatingPolicy): Rated {
  const { intent, intentOn, deadlineInDays, trigger } = facts;
  if (deadlineInDays !== null && deadlineInDays >= 0 && deadlineInDays <= policy.deadlineWithinDays) {
    return { rating: 3, reason: 'DEADLINE' };
  }
  if (trigger !== null && isClear(trigger, policy)) return { rating: 2, reason: 'TRIGGER' };
  if (intentOn) return { rating: 2, reason: 'SURGE' };
  const isWeak = trigger !== null || intent > OWN_AVERAGE;
  return isWeak ? { rating: 1, reason: 'WEAK_TRIGGER' } : { rating: 0, reason: 'NO_TRIGGER' };
}

/** Looked for anywhere: "Series B funding" is funding. */
function isClear(trigger: string, { triggers }: RatingPolicy): boolean {
  const said = normaliseWord(trigger);
  return triggers.clear.some((word) => said.includes(normaliseWord(word)));
}

function rateWilling({ intentOn, engagedOn, metRecently }: RatingFacts): Rated {
  if (metRecently) return { rating: 3, reason: 'MEETING' };
  if (engagedOn) return { rating: 2, reason: 'ENGAGED' };
  return intentOn ? { rating: 1, reason: 'INTENT_ONLY' } : { rating: 0, reason: 'SILENT' };
}

export type AbleFacts = Pick<RatingFacts, 'budget' | 'revenueKnown' | 'decisionMakerKnown'>;

/** The one rating that is known before the account is scored: 0 keeps it out of Tier 1. */
export function rateAble(facts: AbleFacts, edit: RatingEdit | undefined, policy: RatingPolicy): Rated {
  return overruled(ableByFacts(facts), edit, policy);
}

/** The budget and who is known, never the fit criterion of that name. */
function ableByFacts({ budget, revenueKnown, decisionMakerKnown }: AbleFacts): Rated {
  if (budget === 'frozen') return { rating: 0, reason: 'BUDGET_FROZEN' };
  if (budget === 'confirmed') return { rating: 3, reason: 'BUDGET_CONFIRMED' };
  return revenueKnown && decisionMakerKnown
    ? { rating: 2, reason: 'REVENUE_AND_DECISION_MAKER' }
    : { rating: 1, reason: 'BUDGET_UNKNOWN' };
}

function overruled(rated: Rated, edit: RatingEdit | undefined, policy: RatingPolicy): Rated {
  return edit !== undefined && isHeard(edit, policy) ? { rating: edit.rating, reason: 'SET_BY_REP' } : rated;
}

/** A rep's word is forgotten after some time. */
export function isHeard({ ageDays }: RatingEdit, { editDays }: RatingPolicy): boolean {
  return ageDays <= editDays;
}
