// Companies one by one with what their history makes of them; the values only of those that teach something.
import { assignCohort, type CohortVerdict } from '#domain/fit/learn/assign-cohort.ts';
import type { Cohort } from '#domain/fit/learn/tally-field.ts';
import { type IcpMatch, matchIcp } from '#domain/fit/match-icp.ts';
import { chooseLeadAccount } from '../score/choose-lead-account.ts';
import { type GatheredValues, gatherValues } from '../score/gather-values.ts';
import type { Scoring } from '../score/scoring.ts';
import type { Session } from '../session.ts';
import { readHistory } from './read-history.ts';

export interface CohortCompany {
  readonly verdict: CohortVerdict;
  /** Null: it teaches nothing. */
  readonly member: CohortMember | null;
}

interface CohortMember {
  readonly cohort: Cohort;
  readonly values: GatheredValues;
  /** Against the profile in force. */
  readonly match: IcpMatch;
}

export async function* streamCohorts(
  session: Session,
  scoring: Scoring,
  medianTermMonths: number,
  step: string,
): AsyncGenerator<CohortCompany, void> {
  const { rules, policy, asOfMs } = scoring;
  let companies = 0;
  for await (const dossier of session.store.dossiers.stream()) {
    session.signal.throwIfAborted();
    const lead = chooseLeadAccount(dossier);
    if (lead === null) continue;
    companies += 1;
    if (companies % 500 === 0) session.progress.report(step, companies, null);
    const history = readHistory(dossier, scoring);
    const verdict = assignCohort(history, medianTermMonths, asOfMs, policy.learning.cycles);
    const cohort = COHORTS[verdict.history];
    if (cohort === null) {
      yield { verdict, member: null };
      continue;
    }
    const values = gatherValues(dossier, lead, scoring);
    yield { verdict, member: { cohort, values, match: matchIcp(rules.icp, policy.fit, values, asOfMs) } };
  }
}

const COHORTS: Readonly<Record<CohortVerdict['history'], Cohort | null>> = {
  proven: 'proven',
  lost: 'lost',
  churned: 'lost',
  working: null,
  first_cycle: null,
  undated: null,
  none: null,
};
