// What the two cohorts say of every field together: which rules a profile could have, what says nothing, what has no
// criterion. One pass over tallies; which rule is worth which weight is decided once it was held against the companies.
import { FIT_CRITERIA, type FitTemplate } from '#domain/fit/fit-policy.ts';
import type { Criterion, Icp, Words } from '#domain/fit/icp.ts';
import { adjustPValues } from './adjust-p-values.ts';
import { checkFill, type FillCheck } from './check-fill.ts';
import { chooseRarely, chooseRule, strongest, type TestedField, type TestedValue } from './choose-rule.ts';
import type { CohortCounts } from './cohort-counts.ts';
import type { LearningPolicy } from './learning-policy.ts';
import { type FieldStudy, studyField } from './study-field.ts';
import type { FieldTally } from './tally-field.ts';

export interface CandidateCriterion {
  readonly criterion: Criterion;
  /** A must-have of the present profile: people's decision, whose values are not touched. */
  readonly isKept: boolean;
  readonly proof: readonly TestedValue[];
  readonly fill: FillCheck;
}

interface RuledOut {
  readonly field: string;
  readonly reason: 'nothing_proven' | 'too_many_values' | 'too_few_companies' | 'ignored';
  /** The value that says most all the same; null without any. */
  readonly best: TestedValue | null;
  readonly fill: FillCheck;
}

interface Outsider {
  readonly field: string;
  readonly proof: readonly TestedValue[];
  readonly fill: FillCheck;
}

interface RareValue {
  readonly field: string;
  readonly value: TestedValue;
}

export interface ProposedRules {
  /** In the template's order. */
  readonly candidates: readonly CandidateCriterion[];
  readonly ruledOut: readonly RuledOut[];
  /** Says something, but no criterion of the template is for it. */
  readonly outsiders: readonly Outsider[];
  readonly rarely: readonly RareValue[];
  readonly tests: number;
}

/** Where a template's criterion is looked for when the profile does not say. */
const USUAL_FIELDS: Readonly<Record<FitTemplate, Readonly<Record<string, string>>>> = {
  general: {
    industry: 'industry',
    geo: 'country',
    employees: 'employees',
    tech: 'technologies',
    customerBase: 'customers',
    revenue: 'annualRevenue',
    maturity: 'maturity',
    budget: 'budget',
  },
  ecommerce: {
    industry: 'industry',
    companySize: 'employees',
    shipmentVolume: 'shipmentVolume',
    productCategory: 'productCategory',
    fulfilment: 'fulfilment',
    location: 'country',
    revenuePotential: 'annualRevenue',
    origin: 'originCountry',
  },
};

/** The criterion that a field answers; null when the template has none for it. */
export function criterionOf(field: string, icp: Icp): string | null {
  const named = icp.criteria.find((criterion) => criterion.field === field);
  if (named !== undefined) return named.name;
  const usual = FIT_CRITERIA[icp.template].find((name) => USUAL_FIELDS[icp.template][name] === field);
  if (usual === undefined || icp.criteria.some(({ name }) => name === usual)) return null;
  return usual;
}

const NO_WORDS: Words = new Map();

/** Words of a field that say nothing, as the profile has them. */
export function unknownWordsOf(field: string, icp: Icp): Words {
  return icp.criteria.find((criterion) => criterion.field === field)?.unknown ?? NO_WORDS;
}

export function proposeRules(
  tallies: ReadonlyMap<string, FieldTally>,
  cohorts: CohortCounts,
  icp: Icp,
  policy: LearningPolicy,
): ProposedRules {
  const fields = [...tallies].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const studied = fields.filter(([field]) => !policy.ignored.includes(field));
  const tested = testTogether(studied.map(([field, tally]) => studyField(field, tally, policy)));
  const candidates: CandidateCriterion[] = [];
  const ruledOut: RuledOut[] = [];
  const outsiders: Outsider[] = [];
  const rarely: RareValue[] = [];
  for (const field of tested) {
    const name = field.field;
    const tally = tallies.get(name);
    if (tally === undefined) continue;
    const fill = checkFill(tally.filled, cohorts, policy);
    const kept = icp.criteria.find((criterion) => criterion.mustHave && criterion.field === name);
    const rule = chooseRule(field, policy);
    rarely.push(...chooseRarely(field, policy).map((value) => ({ field: name, value })));
    if (kept !== undefined) {
      candidates.push({ criterion: kept, isKept: true, proof: rule?.proof ?? [], fill });
      continue;
    }
    if (rule === null) {
      ruledOut.push({ field: name, reason: reasonOf(field, tally), best: strongest(field.values), fill });
      continue;
    }
    const criterion = criterionOf(name, icp);
    if (criterion === null) outsiders.push({ field: name, proof: rule.proof, fill });
    else {
      const unknown = unknownWordsOf(name, icp);
      const { exact, adjacent, proof } = rule;
      candidates.push({
        criterion: { name: criterion, field: name, exact, adjacent, unknown, mustHave: false },
        isKept: false,
        proof,
        fill,
      });
    }
  }
  for (const [field, tally] of fields) {
    if (policy.ignored.includes(field)) {
      ruledOut.push({ field, reason: 'ignored', best: null, fill: checkFill(tally.filled, cohorts, policy) });
    }
  }
  return {
    candidates: [...candidates, ...keptWithoutData(candidates, cohorts, icp, policy)].toSorted(
      byTemplate(icp.template),
    ),
    ruledOut,
    outsiders,
    rarely: rarely.toSorted((a, b) => a.value.lift - b.value.lift),
    tests: tested.reduce((sum, { values }) => sum + values.length, 0),
  };
}

/** A must-have of whose field nothing is known of either cohort stays all the same. */
function keptWithoutData(
  candidates: readonly CandidateCriterion[],
  cohorts: CohortCounts,
  icp: Icp,
  policy: LearningPolicy,
): readonly CandidateCriterion[] {
  return icp.criteria
    .filter(({ name, mustHave }) => mustHave && !candidates.some(({ criterion }) => criterion.name === name))
    .map((criterion) => ({
      criterion,
      isKept: true,
      proof: [],
      fill: checkFill({ proven: 0, lost: 0 }, cohorts, policy),
    }));
}

/** Benjamini and Hochberg over every value of every field: the more was tried, the more has to be shown. */
function testTogether(studies: readonly FieldStudy[]): readonly TestedField[] {
  const adjusted = adjustPValues(studies.flatMap(({ values }) => values.map(({ p }) => p)));
  let next = 0;
  return studies.map((study) => ({
    ...study,
    values: study.values.map((value) => {
      const q = adjusted[next] ?? 1;
      next += 1;
      return { ...value, q };
    }),
  }));
}

function reasonOf({ values }: TestedField, tally: FieldTally): RuledOut['reason'] {
  if (tally.hasTooManyWords) return 'too_many_values';
  return values.length === 0 ? 'too_few_companies' : 'nothing_proven';
}

function byTemplate(template: FitTemplate) {
  const names: readonly string[] = FIT_CRITERIA[template];
  return (a: CandidateCriterion, b: CandidateCriterion) =>
    names.indexOf(a.criterion.name) - names.indexOf(b.criterion.name);
}
