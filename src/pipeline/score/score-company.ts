// Scores one company from everything known of it over all connections. Gathers and calls; every decision is the domain's.
import type { IcpMatch } from '#domain/fit/match-icp.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import { dayNumber } from '#domain/tier/day.ts';
import type { AccountFacts, Assessment } from '#domain/tier/evaluation.ts';
import {
  type AbleFacts,
  BUDGETS,
  isHeard,
  type RatingFacts,
  type Ratings,
  rateAble,
  rateAccount,
} from '#domain/tier/rate-account.ts';
import { editsOf, followRatingEdits, type SeenRatings } from '#domain/tier/rating-edits.ts';
import type { TierState } from '#domain/tier/tier-state.ts';
import { assessCustomer, type CustomerAssessment } from '#domain/value/assess-customer.ts';
import type { Deal } from '#domain/value/deal.ts';
import type { Motion } from '#domain/value/decide-motion.ts';
import type { AcvEstimate } from '#domain/value/estimate-acv.ts';
import type { Renewal } from '#domain/value/find-renewal.ts';
import type { Transaction } from '#domain/value/transaction.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import { type BuyingGroup, gatherBuyingGroup } from './gather-buying-group.ts';
import { type GatheredSignals, gatherSignals } from './gather-signals.ts';
import { gatherTransactions } from './gather-transactions.ts';
import { type GatheredValues, gatherEnrichment } from './gather-values.ts';
import { type ContactRole, peopleByEmail, rolesOfContacts } from './person-roles.ts';
import { readRatingEdits } from './read-rating-edits.ts';
import { readStanding } from './read-standing.ts';
import type { Scoring } from './scoring.ts';

export interface CompanyScore {
  readonly lead: LedgeredRecord;
  readonly values: GatheredValues;
  /** What sources alone say. */
  readonly enriched: GatheredValues;
  readonly roles: readonly ContactRole[];
  readonly deals: readonly Deal[];
  readonly motion: Motion;
  readonly acv: AcvEstimate;
  readonly icp: IcpMatch;
  readonly signals: GatheredSignals;
  readonly facts: AccountFacts;
  readonly assessment: Assessment;
  readonly ratings: Ratings;
  readonly ratingFacts: RatingFacts;
  /** What reps say of the ratings, and since when. */
  readonly ratingEdits: SeenRatings;
  readonly transactions: readonly Transaction[];
  readonly customer: CustomerAssessment;
  readonly buyingGroup: BuyingGroup;
}

/** @param seenRatings what reps said of the ratings when they were last looked at */
export function scoreCompany(
  dossier: CompanyDossier,
  lead: LedgeredRecord,
  state: TierState,
  scoring: Scoring,
  seenRatings: SeenRatings = {},
): CompanyScore {
  const { policy, weights, asOfMs } = scoring;
  const { values, deals, motion, acv, match: icp, wordOf, numberOf } = readStanding(dossier, lead, scoring);
  const roles = rolesOfContacts(dossier, scoring);
  const people = peopleByEmail(roles, policy.engagement.roleFactors);
  const signals = gatherSignals(dossier, people, wordOf('country'), scoring);
  const ableFacts: AbleFacts = {
    budget: BUDGETS.find((known) => known === wordOf('budget')) ?? null,
    revenueKnown: numberOf('annualRevenue') !== null,
    decisionMakerKnown: roles.some(({ role }) => role === 'decision_maker' || role === 'economic_buyer'),
  };
  const ratingEdits = followRatingEdits(readRatingEdits(values), seenRatings, scoring.today);
  const edits = editsOf(ratingEdits, dayNumber(asOfMs));
  const able = rateAble(ableFacts, edits.able, policy.ratings);
  const facts: AccountFacts = {
    id: dossier.companyKey,
    acv: acv.acv,
    employees: numberOf('employees'),
    fit: icp.fit,
    mustHaveMiss: icp.mustHaveMiss,
    topicsConfigured: scoring.topicsConfigured,
    topics: signals.topics,
    signals: signals.signals,
    events: signals.events,
    // Only 0 vetoes: a frozen budget, or a rep's word. What else is known speaks in the ratings.
    able: able.rating === 0 ? 0 : null,
    success:
      edits.success !== undefined && isHeard(edits.success, policy.ratings) ? edits.success.rating : null,
    excluded: icp.excluded,
  };
  const assessment = assessAccount(facts, state, policy, weights);
  const transactions = gatherTransactions(dossier, scoring);
  const customer = assessCustomer(
    {
      transactions,
      deals,
      renewalMs: dayOf(wordOf('renewalOn')),
      paymentsKnown: scoring.paymentsKnown,
    },
    asOfMs,
    policy.value,
  );
  const ratingFacts: RatingFacts = {
    ...ableFacts,
    fit: assessment.fit,
    intent: assessment.intent,
    intentOn: assessment.intentOn,
    engagedOn: assessment.engagedOn,
    metRecently: signals.events.some(
      ({ type, ageDays }) => type === 'meeting' && ageDays <= policy.engagement.actNow.withinDays,
    ),
    trigger: recentTrigger(wordOf('trigger'), dayOf(wordOf('triggerOn')), scoring),
    deadlineInDays: daysToDeadline(
      dayOf(wordOf('deadlineOn')),
      motion === 'expand' ? customer.renewal : null,
      asOfMs,
    ),
  };
  return {
    lead,
    values,
    enriched: gatherEnrichment(dossier, scoring),
    roles,
    deals,
    motion,
    acv,
    icp,
    signals,
    facts,
    assessment,
    ratings: rateAccount(ratingFacts, edits, policy.ratings),
    ratingFacts,
    ratingEdits,
    transactions,
    customer,
    buyingGroup: gatherBuyingGroup(roles, signals, assessment.people, scoring),
  };
}

/** What is noted without a day counts as long as it stands there. */
function recentTrigger(
  trigger: string | null,
  onMs: number | null,
  { asOfMs, policy }: Scoring,
): string | null {
  if (trigger === null || trigger.trim() === '') return null;
  if (onMs === null) return trigger;
  const ageDays = dayNumber(asOfMs) - dayNumber(onMs);
  return ageDays >= 0 && ageDays <= policy.ratings.triggers.withinDays ? trigger : null;
}

/** To the nearest date that is not past: one that they told of, or the end of a contract with us. */
function daysToDeadline(deadlineMs: number | null, renewal: Renewal | null, asOfMs: number): number | null {
  const today = dayNumber(asOfMs);
  const days = [deadlineMs, renewal?.onMs ?? null]
    .flatMap((ms) => (ms === null ? [] : [dayNumber(ms) - today]))
    .filter((left) => left >= 0);
  return days.length === 0 ? null : Math.min(...days);
}

function dayOf(date: string | null): number | null {
  const ms = date === null ? Number.NaN : Date.parse(date.slice(0, 10));
  return Number.isNaN(ms) ? null : ms;
}
