// Shows the profile in force, and how the companies of the store match it, criterion by criterion. Asks no CRM.
import { describeMatcher } from '#domain/fit/describe-matcher.ts';
import type { FitBand, FitTemplate } from '#domain/fit/fit-policy.ts';
import type { CriterionMatch } from '#domain/fit/match-icp.ts';
import { prepareScoring } from '../score/scoring.ts';
import { streamStandings } from '../score/stream-standings.ts';
import type { Session } from '../session.ts';
import { storedSources } from '../stored-sources.ts';

export interface ShownIcp {
  readonly template: FitTemplate;
  /** False: learnt from customers. */
  readonly assumed: boolean;
  readonly asOf: string;
  readonly companies: number;
  readonly criteria: readonly {
    readonly criterion: string;
    readonly field: string;
    readonly weight: number;
    readonly mustHave: boolean;
    readonly exact: string;
    readonly adjacent: string | null;
    readonly matches: Readonly<Record<MatchName, number>>;
  }[];
  readonly avoid: readonly {
    readonly field: string;
    readonly values: readonly string[];
    readonly reason: string;
    /** Excluded for this reason, whichever rule gave it. */
    readonly companies: number;
  }[];
  readonly bands: Readonly<Record<FitBand, number>>;
  readonly excluded: number;
  readonly mustHaveMissed: number;
  readonly warnings: readonly string[];
}

const MATCH_NAMES = ['exact', 'adjacent', 'miss', 'unknown'] as const;
type MatchName = (typeof MATCH_NAMES)[number];

/** @param asOf ISO 8601 */
export async function showIcp(session: Session, asOf: string): Promise<ShownIcp> {
  const scoring = await prepareScoring(session, asOf, await storedSources(session));
  const { icp } = scoring.rules;
  const matches = new Map(
    icp.criteria.map(({ name }) => [name, { exact: 0, adjacent: 0, miss: 0, unknown: 0 }]),
  );
  const bands = { strong: 0, high: 0, medium: 0, low: 0 };
  const avoided = new Map<string, number>();
  let [companies, mustHaveMissed, excluded] = [0, 0, 0];
  for await (const { match, fit } of streamStandings(session, scoring, 'match the profile')) {
    companies += 1;
    for (const one of match.criteria) {
      const counts = matches.get(one.criterion);
      if (counts !== undefined) counts[nameOf(one)] += 1;
    }
    bands[fit.band] += 1;
    if (match.mustHaveMiss !== null) mustHaveMissed += 1;
    if (match.excluded === null) continue;
    excluded += 1;
    avoided.set(match.excluded, (avoided.get(match.excluded) ?? 0) + 1);
  }
  const criteria = icp.criteria.map(({ name, field, exact, adjacent, mustHave }) => ({
    criterion: name,
    field,
    weight: scoring.weights[name] ?? 0,
    mustHave,
    exact: describeMatcher(exact),
    adjacent: adjacent === null ? null : describeMatcher(adjacent),
    matches: matches.get(name) ?? { exact: 0, adjacent: 0, miss: 0, unknown: 0 },
  }));
  return {
    template: icp.template,
    assumed: icp.assumed,
    asOf,
    companies,
    criteria,
    avoid: icp.avoid.map(({ field, words, reason }) => ({
      field,
      values: [...words.values()],
      reason,
      companies: avoided.get(reason) ?? 0,
    })),
    bands,
    excluded,
    mustHaveMissed,
    warnings:
      companies === 0
        ? ['Nothing has been read from a CRM yet: run `tierline sync`.']
        : findWarnings(criteria),
  };
}

function nameOf({ match }: CriterionMatch): MatchName {
  if (match === null) return 'unknown';
  return match === 1 ? 'exact' : match === 0.5 ? 'adjacent' : 'miss';
}

function findWarnings(criteria: ShownIcp['criteria']): readonly string[] {
  return criteria.flatMap(({ criterion, field, mustHave, matches }) => {
    const { exact, adjacent, miss } = matches;
    const known = exact + adjacent + miss;
    if (known === 0)
      return [`${criterion}: ${field} is known of no company: map the field, or load it from a source.`];
    if (exact + adjacent > 0) return [];
    return mustHave
      ? [`${criterion}: no company meets this must-have, so every company whose ${field} is known is out.`]
      : [`${criterion}: no company matches: are its values spelt as ${field} has them?`];
  });
}
