// Scores one company from everything known of it over all connections. Gathers and calls; every decision is the domain's.
import { type IcpMatch, matchIcp } from '#domain/fit/match-icp.ts';
import { isStale } from '#domain/fit/sourced-value.ts';
import type { CanonicalValue } from '#domain/record/objects.ts';
import { assessAccount } from '#domain/tier/assess-account.ts';
import type { AccountFacts, Assessment } from '#domain/tier/evaluation.ts';
import { BUDGETS, type Budget, type Ratings, rateAccount } from '#domain/tier/rate-account.ts';
import type { TierState } from '#domain/tier/tier-state.ts';
import type { Deal } from '#domain/value/deal.ts';
import { decideMotion, type Motion } from '#domain/value/decide-motion.ts';
import { type AcvEstimate, estimateAcv } from '#domain/value/estimate-acv.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import { type GatheredSignals, gatherSignals } from './gather-signals.ts';
import { type GatheredValues, gatherEnrichment, gatherValues } from './gather-values.ts';
import { type ContactRole, peopleByEmail, rolesOfContacts } from './person-roles.ts';
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
}

export function scoreCompany(
  dossier: CompanyDossier,
  lead: LedgeredRecord,
  state: TierState,
  scoring: Scoring,
): CompanyScore {
  const { policy, rules, weights, asOfMs } = scoring;
  const values = gatherValues(dossier, lead, scoring);
  const wordOf = (field: string) => {
    const value = fresh(values, field, scoring);
    return typeof value === 'string' ? value : null;
  };
  const numberOf = (field: string) => {
    const value = fresh(values, field, scoring);
    return typeof value === 'number' ? value : null;
  };
  const roles = rolesOfContacts(dossier, scoring);
  const deals = dossier.opportunities.map(({ fields }) => toDeal(fields, scoring.money));
  const motion = decideMotion(deals, wordOf('type'), wordOf('lifecycleStage'));
  const employees = numberOf('employees');
  const acv = estimateAcv(
    { deals, industry: wordOf('industry'), employees, seats: numberOf('seats'), motion },
    scoring.benchmarks,
    policy.value,
    asOfMs,
  );
  const icp = matchIcp(rules.icp, policy.fit, values, asOfMs);
  const people = peopleByEmail(roles, policy.engagement.roleFactors);
  const signals = gatherSignals(dossier, people, wordOf('country'), scoring);
  const budget = BUDGETS.find((known) => known === wordOf('budget')) ?? null;
  const facts: AccountFacts = {
    id: dossier.companyKey,
    acv: acv.acv,
    employees,
    fit: icp.fit,
    mustHaveMiss: icp.mustHaveMiss,
    topicsConfigured: scoring.topicsConfigured,
    topics: signals.topics,
    signals: signals.signals,
    events: signals.events,
    // Only a frozen budget vetoes; what else is known of it speaks in the ratings.
    able: budget === 'frozen' ? 0 : null,
    excluded: icp.excluded,
  };
  const assessment = assessAccount(facts, state, policy, weights);
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
    ratings: rate(assessment, budget, values, roles, signals, scoring),
  };
}

function rate(
  assessment: Assessment,
  budget: Budget | null,
  values: GatheredValues,
  roles: readonly ContactRole[],
  signals: GatheredSignals,
  { policy }: Scoring,
): Ratings {
  const { withinDays } = policy.engagement.actNow;
  return rateAccount(
    {
      fit: assessment.fit,
      intent: assessment.intent,
      intentOn: assessment.intentOn,
      engagedOn: assessment.engagedOn,
      metRecently: signals.events.some(({ type, ageDays }) => type === 'meeting' && ageDays <= withinDays),
      deadlineInDays: null,
      budget,
      revenueKnown: values.has('annualRevenue'),
      decisionMakerKnown: roles.some(({ role }) => role === 'decision_maker' || role === 'economic_buyer'),
    },
    {},
    policy.ratings,
  );
}

/** The value, unless it is too old to be believed. */
function fresh(values: GatheredValues, field: string, { asOfMs, policy }: Scoring): CanonicalValue {
  const known = values.get(field);
  return known === undefined || isStale(known, asOfMs, policy.fit.freshDays) ? null : known.value;
}
