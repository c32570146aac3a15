// What a company is, whatever it did: its values as far as they are fresh, its deals, its match with the profile, its worth.
import { type IcpMatch, matchIcp } from '#domain/fit/match-icp.ts';
import { isStale } from '#domain/fit/sourced-value.ts';
import type { Deal } from '#domain/value/deal.ts';
import { decideMotion, type Motion } from '#domain/value/decide-motion.ts';
import { type AcvEstimate, estimateAcv } from '#domain/value/estimate-acv.ts';
import { toDeal } from '#domain/value/opportunity.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import { type GatheredValues, gatherValues } from './gather-values.ts';
import type { Scoring } from './scoring.ts';

export interface CompanyStanding {
  readonly values: GatheredValues;
  readonly deals: readonly Deal[];
  readonly motion: Motion;
  readonly match: IcpMatch;
  readonly acv: AcvEstimate;
  /** A field's text; null when there is none, or it is too old to be believed. */
  readonly wordOf: (field: string) => string | null;
  /** A field's number; null as for texts. */
  readonly numberOf: (field: string) => number | null;
}

export function readStanding(
  dossier: CompanyDossier,
  lead: LedgeredRecord,
  scoring: Scoring,
): CompanyStanding {
  const { policy, rules, asOfMs, money, benchmarks } = scoring;
  const values = gatherValues(dossier, lead, scoring);
  const fresh = (field: string) => {
    const known = values.get(field);
    return known === undefined || isStale(known, asOfMs, policy.fit.freshDays) ? null : known.value;
  };
  const wordOf = (field: string) => {
    const value = fresh(field);
    return typeof value === 'string' ? value : null;
  };
  const numberOf = (field: string) => {
    const value = fresh(field);
    return typeof value === 'number' ? value : null;
  };
  const deals = dossier.opportunities.map(({ fields }) => toDeal(fields, money));
  const motion = decideMotion(deals, wordOf('type'), wordOf('lifecycleStage'));
  const acv = estimateAcv(
    {
      deals,
      industry: wordOf('industry'),
      employees: numberOf('employees'),
      seats: numberOf('seats'),
      motion,
    },
    benchmarks,
    policy.value,
    asOfMs,
  );
  const match = matchIcp(rules.icp, policy.fit, values, asOfMs);
  return { values, deals, motion, match, acv, wordOf, numberOf };
}
