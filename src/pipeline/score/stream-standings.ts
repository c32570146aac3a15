// Companies one by one with what they are, without what they did: values, profile match, fit and worth. For what looks at the
// whole market and does not tier it.
import type { IcpMatch } from '#domain/fit/match-icp.ts';
import { type FitScore, scoreFit } from '#domain/fit/score-fit.ts';
import type { Deal } from '#domain/value/deal.ts';
import type { AcvEstimate } from '#domain/value/estimate-acv.ts';
import type { CompanyDossier, LedgeredRecord } from '#ports/store.ts';
import type { Session } from '../session.ts';
import { chooseLeadAccount } from './choose-lead-account.ts';
import type { GatheredValues } from './gather-values.ts';
import { readStanding } from './read-standing.ts';
import type { Scoring } from './scoring.ts';

export interface Standing {
  readonly dossier: CompanyDossier;
  readonly lead: LedgeredRecord;
  readonly values: GatheredValues;
  readonly deals: readonly Deal[];
  readonly match: IcpMatch;
  /** By the plain edges, whatever the company was before. */
  readonly fit: FitScore;
  readonly acv: AcvEstimate;
}

const OFF = { fitStrong: false, fitHigh: false } as const;
const PROGRESS_EVERY = 500;

/** Ordered by company key; duplicates of one company are one. */
export async function* streamStandings(
  session: Session,
  scoring: Scoring,
  step: string,
): AsyncGenerator<Standing, void> {
  let companies = 0;
  for await (const dossier of session.store.dossiers.stream()) {
    session.signal.throwIfAborted();
    const lead = chooseLeadAccount(dossier);
    if (lead === null) continue;
    companies += 1;
    if (companies % PROGRESS_EVERY === 0) session.progress.report(step, companies, null);
    yield standingOf(dossier, lead, scoring);
  }
}

function standingOf(dossier: CompanyDossier, lead: LedgeredRecord, scoring: Scoring): Standing {
  const { policy, weights } = scoring;
  const { values, deals, match, acv } = readStanding(dossier, lead, scoring);
  return {
    dossier,
    lead,
    values,
    deals,
    match,
    fit: scoreFit(match.fit, match.mustHaveMiss, weights, OFF, policy.fit),
    acv,
  };
}
