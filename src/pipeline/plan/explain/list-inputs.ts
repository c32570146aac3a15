// The account's own facts that scores and ratings were taken from, besides the profile's criteria: each with its source and date.
import { isStale } from '#domain/fit/sourced-value.ts';
import type { Json } from '#ports/store.ts';
import type { CompanyScore } from '../../score/score-company.ts';
import type { Scoring } from '../../score/scoring.ts';

/** What each is for stands in docs/tiers.md. */
export const INPUT_FIELDS = [
  'type',
  'lifecycleStage',
  'industry',
  'country',
  'employees',
  'seats',
  'annualRevenue',
  'budget',
  'ready',
  'willing',
  'able',
  'successPotential',
  'trigger',
  'triggerOn',
  'deadlineOn',
  'renewalOn',
  'marketer',
] as const;

/** Criteria of the profile are told with the fit. */
export function listInputs({ values, icp }: CompanyScore, { asOfMs, policy }: Scoring): readonly Json[] {
  const told = new Set(icp.criteria.map(({ field }) => field));
  return INPUT_FIELDS.flatMap((field) => {
    const known = values.get(field);
    if (known === undefined || told.has(field)) return [];
    const { value, source, observedAtMs } = known;
    return [
      {
        field,
        value: Array.isArray(value) ? [...(value as readonly string[])] : value,
        source,
        // What a CRM's field holds is of now.
        observedOn: observedAtMs === null ? null : new Date(observedAtMs).toISOString().slice(0, 10),
        tooOld: isStale(known, asOfMs, policy.fit.freshDays),
      },
    ];
  });
}
