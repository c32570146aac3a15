// What people read of a judged company: the reason, the next step, the review date, and a fingerprint of the facts behind them;
// and the same for a record whose field takes less.
import { type DayNumber, dayText, parseDay } from '#domain/tier/day.ts';
import { holdEndsOn } from '#domain/tier/hold-ends-on.ts';
import { factsFingerprint } from '#domain/tier/material-change.ts';
import { reviewDate } from '#domain/tier/review-date.ts';
import { gatherReasonFacts } from '#domain/tier/text/gather-reason-facts.ts';
import type { ReasonFacts } from '#domain/tier/text/reason-facts.ts';
import type { TextRoom } from '#domain/tier/text/text-room.ts';
import { writeNextStep } from '#domain/tier/text/write-next-step.ts';
import { writeReason } from '#domain/tier/text/write-reason.ts';
import type { LiveObject } from '../connected-crm.ts';
import type { Scoring } from '../score/scoring.ts';
import type { JudgedCompany } from './judge-company.ts';

export interface CompanyDescription {
  readonly reason: string;
  readonly nextStep: string;
  /** `YYYY-MM-DD`; null where nothing is to be reviewed. */
  readonly reviewDate: string | null;
  readonly facts: string;
  readonly told: ReasonFacts;
}

export function describeCompany(judged: JudgedCompany, scoring: Scoring): CompanyDescription {
  const { score, step, word, day } = judged;
  const { policy, locale } = scoring;
  const overrideUntil: DayNumber | null = word.until === null ? null : parseDay(word.until);
  const inForce = (word.override?.expiresInDays ?? 0) > 0;
  const reviewOn = reviewDate(
    { tier: step.tier, since: step.state.shownSince, overrideUntil: inForce ? overrideUntil : null },
    day,
    policy.stay,
  );
  const facts = gatherReasonFacts(
    {
      step,
      assessment: score.assessment,
      criteria: score.icp.criteria,
      weights: scoring.weights,
      topics: score.signals.topics,
      topicsConfigured: scoring.topicsConfigured,
      signals: score.signals.signals,
      events: score.signals.events,
      acv: score.acv.acv,
      reviewOn,
      holdUntil: step.hold === null ? null : holdEndsOn(step.hold, step.state, day, policy),
      // The CRMs do not tell who filled a field.
      override: word.override === null ? null : { by: null, why: word.reason, until: overrideUntil },
    },
    policy,
  );
  return {
    reason: writeReason(facts, locale, policy.text),
    nextStep: writeNextStep(facts, locale, policy.text),
    reviewDate: reviewOn === null ? null : dayText(reviewOn),
    // In another language the same facts are news. English bears no mark: it had none when it was the only one.
    facts: `${locale === 'en' ? '' : `${locale} `}${factsFingerprint(facts)}`,
    told: facts,
  };
}

/** Reason and next step with as many sentences as the fields of this connection take. */
export function textsFor(
  live: LiveObject,
  { told }: CompanyDescription,
  { locale, policy }: Pick<Scoring, 'locale' | 'policy'>,
): Pick<CompanyDescription, 'reason' | 'nextStep'> {
  return {
    reason: writeReason(told, locale, policy.text, roomOf(live, 'tierReason')),
    nextStep: writeNextStep(told, locale, policy.text, roomOf(live, 'nextStep')),
  };
}

/** As the CRM's own schema says; a field that is not there takes what one likes. */
function roomOf({ mapping, schema }: LiveObject, name: string): TextRoom {
  const field = mapping.fields.get(name);
  const described = field === undefined ? undefined : schema.fields.get(field.crm);
  return { characters: described?.maxLength ?? null, bytes: described?.maxBytes ?? null };
}
