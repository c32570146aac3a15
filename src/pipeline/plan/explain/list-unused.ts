// What was looked at and not used, and why: a row too old, refused by its method, after as-of, of another currency, or second to
// another source. Decides nothing: it asks the same rules as the scores, row by row, and adds up.
import { isStale } from '#domain/fit/sourced-value.ts';
import { isSameValue } from '#domain/plan/same-value.ts';
import { isHeard, RATING_NAMES } from '#domain/tier/rate-account.ts';
import { editsOf } from '#domain/tier/rating-edits.ts';
import type { CompanyDossier, KeyedSourceRow } from '#ports/store.ts';
import { RATING_FIELDS } from '../../score/read-rating-edits.ts';
import type { CompanyScore } from '../../score/score-company.ts';
import type { Scoring } from '../../score/scoring.ts';
import type { JudgedCompany } from '../judge-company.ts';
import { INPUT_FIELDS } from './list-inputs.ts';
import { newestScores, type UnusedReason, whyUnused } from './why-unused.ts';

export interface UnusedInput {
  /** Kind of source, `field` or `deal`. */
  readonly kind: string;
  /** Topic, event, field … */
  readonly what: string;
  readonly source: string;
  readonly why: UnusedReason;
  readonly rows: number;
  /** Day of the newest; null for what is of now. */
  readonly newest: string | null;
}

/** Many rows of one cause are one line; more lines than this are no explanation. */
const SHOWN = 40;

/** The causes with most rows first. */
export function listUnused(
  dossier: CompanyDossier,
  judged: JudgedCompany,
  scoring: Scoring,
): readonly UnusedInput[] {
  const lines = new Map<string, UnusedInput>();
  const add = (kind: string, what: string, source: string, why: UnusedReason, on: string | null): void => {
    const key = `${kind}\n${what}\n${source}\n${why}`;
    const known = lines.get(key);
    const newest = known === undefined || (on ?? '') > (known.newest ?? '') ? on : known.newest;
    lines.set(key, { kind, what, source, why, rows: (known?.rows ?? 0) + 1, newest });
  };
  const { score } = judged;
  const newestOfSeries = newestScores(dossier, scoring);
  for (const row of dossier.sourceRows) {
    const why = whyUnused(row, score, scoring, newestOfSeries);
    if (why !== null) add(row.kind, nameOfRow(row), row.source, why, row.at?.slice(0, 10) ?? null);
  }
  addFields(dossier, score, scoring, add);
  dossier.opportunities.forEach(({ connection, id, fields }, index) => {
    if (typeof fields['amount'] === 'number' && score.deals[index]?.amount === null)
      add('deal', id, connection, 'no_rate', null);
  });
  addRatings(judged, scoring, add);
  return [...lines.values()].toSorted((a, b) => b.rows - a.rows).slice(0, SHOWN);
}

type Add = (kind: string, what: string, source: string, why: UnusedReason, on: string | null) => void;

function nameOfRow({ kind, fields }: KeyedSourceRow): string {
  if (kind === 'firmographics') return 'row';
  return String(fields['topic'] ?? fields['signal'] ?? fields['type'] ?? 'row');
}

/** Values that another one came before, and such as are too old. Fields that nothing reads are left out. */
function addFields(dossier: CompanyDossier, score: CompanyScore, scoring: Scoring, add: Add): void {
  const read = new Set<string>([...INPUT_FIELDS, ...score.icp.criteria.map(({ field }) => field)]);
  for (const field of read) {
    const used = score.values.get(field);
    if (used === undefined) continue;
    if (isStale(used, scoring.asOfMs, scoring.policy.fit.freshDays))
      add('field', field, used.source, 'too_old', dayOf(used.observedAtMs));
    // Money is compared after conversion, which only the one in use went through.
    if (field === 'annualRevenue') continue;
    for (const { connection, fields } of dossier.accounts) {
      const value = fields[field] ?? null;
      if (value !== null && !isSameValue(value, used.value))
        add('field', field, connection, 'other_source_first', null);
    }
    for (const { kind, fields, source, at } of dossier.sourceRows) {
      const value = fields[field] ?? null;
      if (kind !== 'firmographics' || value === null || isSameValue(value, used.value)) continue;
      if (at === null || Date.parse(at) <= scoring.asOfMs)
        add('field', field, source, 'other_source_first', at?.slice(0, 10) ?? null);
    }
  }
}

function addRatings({ score, day }: JudgedCompany, scoring: Scoring, add: Add): void {
  const edits = editsOf(score.ratingEdits, day);
  for (const name of RATING_NAMES) {
    const field = RATING_FIELDS[name];
    const said = score.values.get(field);
    if (said === undefined) continue;
    const edit = edits[name];
    if (edit === undefined) add('field', field, said.source, 'no_rating', null);
    else if (!isHeard(edit, scoring.policy.ratings))
      add('field', field, said.source, 'word_too_old', score.ratingEdits[name]?.seenOn ?? null);
  }
}

function dayOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
}
