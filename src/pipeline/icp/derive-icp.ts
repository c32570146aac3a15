// Learns a profile from the store: who the proven customers are, what sets them apart from the lost, and which profile follows.
// Reads every company twice and keeps none; asks no CRM and changes nothing.
import type { IcpChange } from '#domain/fit/compare-icps.ts';
import { compareIcps } from '#domain/fit/compare-icps.ts';
import { type Icp, icpWeights } from '#domain/fit/icp.ts';
import { HISTORIES, type History } from '#domain/fit/learn/assign-cohort.ts';
import { isCandidateField } from '#domain/fit/learn/candidate-field.ts';
import { composeIcp } from '#domain/fit/learn/compose-icp.ts';
import { findTwins, type Twins } from '#domain/fit/learn/find-twins.ts';
import type { LearningPolicy } from '#domain/fit/learn/learning-policy.ts';
import { measureSeparation, type Separation } from '#domain/fit/learn/measure-separation.ts';
import { medianTerm, type TermFacts } from '#domain/fit/learn/median-term.ts';
import { type ProposedRules, proposeRules, unknownWordsOf } from '#domain/fit/learn/propose-rules.ts';
import { createFieldTally, type FieldTally, tallyValue } from '#domain/fit/learn/tally-field.ts';
import { createMatchTally, tallyMatches } from '#domain/fit/learn/tally-matches.ts';
import { type WeighedCriterion, weighCriteria } from '#domain/fit/learn/weigh-criteria.ts';
import { matchIcp } from '#domain/fit/match-icp.ts';
import { isStale } from '#domain/fit/sourced-value.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import { UsageError } from '#errors/errors.ts';
import { prepareScoring, type Scoring } from '../score/scoring.ts';
import type { Session } from '../session.ts';
import { storedSources } from '../stored-sources.ts';
import { streamCohorts } from './stream-cohorts.ts';

export interface DeriveOptions {
  /** ISO 8601 */
  readonly asOf: string;
  /** The policy's, with what this run sets otherwise. */
  readonly learning: LearningPolicy;
}

/** `learn`: enough proven customers. `suggest`: look, but do not believe. `template`: too few to say anything. */
export type LearningStage = 'learn' | 'suggest' | 'template';

export interface IcpDerivation {
  readonly asOf: string;
  readonly stage: LearningStage;
  readonly learning: LearningPolicy;
  readonly companies: number;
  readonly histories: Readonly<Record<History, number>>;
  /** Proven by years alone. */
  readonly byTenure: number;
  /** On the avoid list, and so in no cohort although their history would put them there. */
  readonly avoided: number;
  readonly cohorts: { readonly proven: number; readonly lost: number };
  readonly term: TermFacts;
  readonly rules: ProposedRules;
  /** Every proposed criterion, taken or not. */
  readonly criteria: readonly WeighedCriterion[];
  /** Criteria of the proposal that mostly say the same. */
  readonly twins: readonly Twins[];
  /** Null: there is nothing to propose. */
  readonly proposal: Icp | null;
  readonly changes: readonly IcpChange[];
  readonly separation: { readonly now: Separation | null; readonly proposed: Separation | null };
  readonly icp: Icp;
}

export async function deriveIcp(session: Session, { asOf, learning }: DeriveOptions): Promise<IcpDerivation> {
  const scoring = await prepareScoring(session, asOf, await storedSources(session));
  const { icp, policy } = { icp: scoring.rules.icp, policy: scoring.policy };
  const term = await findMedianTerm(session, scoring, learning);
  const { tallies, ...counted } = await tallyCohorts(session, scoring, term, learning);
  if (counted.companies === 0) {
    throw new UsageError('Nothing has been read from a CRM yet', { next: 'Run `tierline sync` first.' });
  }
  const rules = proposeRules(tallies, counted.cohorts, icp, learning);
  const held = await holdAgainstCohorts(session, scoring, term, rules);
  const criteria = weighCriteria(rules.candidates, held.proposed, learning);
  const stage = stageOf(counted.cohorts.proven, learning);
  const proposal = stage === 'template' ? null : composeIcp(criteria, icp, stage === 'learn');
  return {
    asOf,
    stage,
    learning,
    ...counted,
    term,
    rules,
    criteria,
    twins: findTwins(
      held.proposed,
      criteria.filter(({ weight }) => weight > 0).map(({ criterion }) => criterion.name),
      learning.twinsFrom,
    ),
    proposal,
    changes: proposal === null ? [] : compareIcps(icp, proposal, policy.fit),
    separation: {
      now: measureSeparation(held.now, icp.criteria, icpWeights(icp, policy.fit), policy.fit),
      proposed:
        proposal === null
          ? null
          : measureSeparation(held.proposed, proposal.criteria, icpWeights(proposal, policy.fit), policy.fit),
    },
    icp,
  };
}

function stageOf(proven: number, { cohort }: LearningPolicy): LearningStage {
  if (proven < cohort.suggestFrom) return 'template';
  return proven < cohort.learnFrom ? 'suggest' : 'learn';
}

async function findMedianTerm(
  session: Session,
  scoring: Scoring,
  learning: LearningPolicy,
): Promise<TermFacts> {
  const dealsByMonths = new Map<number, number>();
  for await (const { opportunity } of session.store.dossiers.wonOpportunities()) {
    const { termMonths } = toDeal(opportunity, scoring.money);
    if (termMonths === null || termMonths <= 0) continue;
    dealsByMonths.set(termMonths, (dealsByMonths.get(termMonths) ?? 0) + 1);
  }
  return medianTerm(dealsByMonths, learning.cycles.defaultTermMonths);
}

async function tallyCohorts(session: Session, scoring: Scoring, term: TermFacts, learning: LearningPolicy) {
  const { rules, policy, asOfMs } = scoring;
  const tallies = new Map<string, FieldTally>();
  const limits = {
    maximumValues: learning.maximumValues,
    // Of a field with about as few steps as classes every step is a class: maturity 1 to 5.
    maximumDistinctNumbers: 2 * learning.bins,
  };
  const histories = Object.fromEntries(HISTORIES.map((name) => [name, 0])) as Record<History, number>;
  const cohorts = { proven: 0, lost: 0 };
  let [companies, byTenure, avoided] = [0, 0, 0];
  for await (const { verdict, member } of streamCohorts(session, scoring, term.months, 'count values')) {
    companies += 1;
    if (member !== null && member.match.excluded !== null) {
      avoided += 1;
      continue;
    }
    histories[verdict.history] += 1;
    if (verdict.byTenure) byTenure += 1;
    if (member === null) continue;
    cohorts[member.cohort] += 1;
    for (const [field, known] of member.values) {
      if (!isCandidateField(field)) continue;
      const tally = tallies.get(field) ?? createFieldTally();
      tallies.set(field, tally);
      const stale = isStale(known, asOfMs, policy.fit.freshDays);
      tallyValue(tally, member.cohort, known.value, stale, unknownWordsOf(field, rules.icp), limits);
    }
  }
  return { tallies, companies, histories, byTenure, avoided, cohorts };
}

/** The second reading: how each company matches the rules, as scoring will match them. */
async function holdAgainstCohorts(
  session: Session,
  scoring: Scoring,
  term: TermFacts,
  { candidates }: ProposedRules,
) {
  const { rules, policy, asOfMs } = scoring;
  const criteria = candidates.map(({ criterion }) => criterion);
  const candidate: Icp = { ...rules.icp, criteria, weights: null, avoid: [] };
  const proposed = createMatchTally(criteria.map(({ name }) => name));
  const now = createMatchTally(rules.icp.criteria.map(({ name }) => name));
  for await (const { member } of streamCohorts(session, scoring, term.months, 'try the rules')) {
    if (member === null || member.match.excluded !== null) continue;
    tallyMatches(now, member.match.fit, member.cohort);
    tallyMatches(proposed, matchIcp(candidate, policy.fit, member.values, asOfMs).fit, member.cohort);
  }
  return { proposed, now };
}
