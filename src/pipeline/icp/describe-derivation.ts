// The `--json` document of `icp derive`: everything the card says and everything it leaves out, as plain data.
import { describeMatcher } from '#domain/fit/describe-matcher.ts';
import type { FillCheck } from '#domain/fit/learn/check-fill.ts';
import type { TestedValue } from '#domain/fit/learn/choose-rule.ts';
import type { Evidence } from '#domain/fit/learn/study-field.ts';
import type { WeighedCriterion } from '#domain/fit/learn/weigh-criteria.ts';
import { describeValue } from '#mapping/icp/describe-evidence.ts';
import type { IcpDerivation } from './derive-icp.ts';

/** @param proposal the file's text; null when there is nothing to propose */
export function describeDerivation(derived: IcpDerivation, proposal: string | null) {
  const { rules, learning } = derived;
  return {
    schema: 'tierline.icp.derive/1' as const,
    asOf: derived.asOf,
    stage: derived.stage,
    needed: learning.cohort,
    template: derived.icp.template,
    companies: derived.companies,
    cohorts: { ...derived.cohorts, provenByTenure: derived.byTenure },
    histories: derived.histories,
    avoided: derived.avoided,
    term: { months: derived.term.months, knownFor: derived.term.deals },
    tests: rules.tests,
    falseDiscoveryRate: learning.falseDiscoveryRate,
    criteria: derived.criteria.map(describeWeighed),
    twins: derived.twins.map(({ one, other, agreement }) => ({
      criteria: [one, other],
      agreement: shorten(agreement),
    })),
    ruledOut: rules.ruledOut.map(({ field, reason, best, fill }) => ({
      field,
      reason,
      best: best === null ? null : describeTestedValue(best),
      fill: describeFillCheck(fill),
    })),
    withoutCriterion: rules.outsiders.map(({ field, proof, fill }) => ({
      field,
      values: proof.map(describeTestedValue),
      fill: describeFillCheck(fill),
    })),
    rarely: rules.rarely.map(({ field, value }) => ({ field, ...describeTestedValue(value) })),
    separation: derived.separation,
    changes: derived.changes,
    proposal,
  };
}

function describeWeighed(one: WeighedCriterion) {
  const { criterion } = one;
  return {
    criterion: criterion.name,
    field: criterion.field,
    verdict: one.verdict,
    weight: one.weight,
    kept: one.isKept,
    exact: describeMatcher(criterion.exact),
    adjacent: criterion.adjacent === null ? null : describeMatcher(criterion.adjacent),
    informationValue: shorten(one.informationValue),
    ...describeOdds(one.evidence),
    groups: one.groups,
    values: one.proof.map(describeTestedValue),
    fill: describeFillCheck(one.fill),
  };
}

function describeTestedValue(one: TestedValue) {
  return { value: describeValue(one.value), ...describeOdds(one), p: shorten(one.p), q: shorten(one.q) };
}

function describeOdds({ counts, interval, lift, weightOfEvidence }: Evidence) {
  return {
    having: counts.having,
    known: counts.known,
    share95: [shorten(interval.low), shorten(interval.high)],
    lift: shorten(lift),
    weightOfEvidence: shorten(weightOfEvidence),
  };
}

function describeFillCheck({ filled, of, informationValue, isSuspicious }: FillCheck) {
  return { filled, of, informationValue: shorten(informationValue), suspicious: isSuspicious };
}

/** Four digits say all that the counts can. */
function shorten(number: number): number {
  return Number(number.toPrecision(4));
}
