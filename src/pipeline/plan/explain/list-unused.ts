// What was looked at and not used, and why: a row too old, refused by its method, after as-of, of another currency, or second to
// another source. Decides nothing: it asks the same rules as the scores, row by row, and adds up.
import { isStale } from '#domain/fit/sourced-value.ts';
import { isSameValue } from '#domain/plan/same-value.ts';
import type { CanonicalFields, CanonicalValue } from '#domain/record/objects.ts';
import { isHeard, RATING_NAMES } from '#domain/tier/rate-account.ts';
import { editsOf } from '#domain/tier/rating-edits.ts';
import type { CompanyDossier, KeyedSourceRow } from '#ports/store.ts';
import { convertMoney } from '../../score/gather-values.ts';
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
  /** What it said; null for rows, of which there may be many. */
  readonly value: string | null;
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
  const add: Add = (kind, what, source, why, on, value = null) => {
    const said = value === null ? null : textOfValue(value);
    const key = `${kind}\n${what}\n${said ?? ''}\n${source}\n${why}`;
    const known = lines.get(key);
    const newest = known === undefined || (on ?? '') > (known.newest ?? '') ? on : known.newest;
    lines.set(key, { kind, what, value: said, source, why, rows: (known?.rows ?? 0) + 1, newest });
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
      add('deal', id, connection, 'no_rate', null, fields['amount']);
  });
  addRatings(judged, scoring, add);
  return [...lines.values()].toSorted((a, b) => b.rows - a.rows).slice(0, SHOWN);
}

type Add = (
  kind: string,
  what: string,
  source: string,
  why: UnusedReason,
  on: string | null,
  value?: CanonicalValue,
) => void;

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
      add('field', field, used.source, 'too_old', dayOf(used.observedAtMs), used.value);
  }
  const addOthers = (fields: CanonicalFields, currency: string | null, source: string, on: string | null) => {
    const converted = convertMoney(fields, currency, scoring.money);
    for (const field of read) {
      const said = fields[field] ?? null;
      const value = converted[field] ?? null;
      const used = score.values.get(field)?.value ?? null;
      if (said !== null && value === null) add('field', field, source, 'no_rate', on, said);
      else if (value !== null && !isSameValue(value, used))
        add('field', field, source, 'other_source_first', on, said);
    }
  };
  for (const { connection, fields } of dossier.accounts) addOthers(fields, null, connection, null);
  for (const { kind, fields, source, at } of dossier.sourceRows) {
    if (kind !== 'firmographics' || (at !== null && Date.parse(at) > scoring.asOfMs)) continue;
    addOthers(fields, scoring.sources.get(source)?.currency ?? null, source, at?.slice(0, 10) ?? null);
  }
}

function addRatings({ score, day }: JudgedCompany, scoring: Scoring, add: Add): void {
  const edits = editsOf(score.ratingEdits, day);
  for (const name of RATING_NAMES) {
    const field = RATING_FIELDS[name];
    const said = score.values.get(field);
    if (said === undefined) continue;
    const edit = edits[name];
    if (edit === undefined) add('field', field, said.source, 'no_rating', null, said.value);
    else if (!isHeard(edit, scoring.policy.ratings))
      add('field', field, said.source, 'word_too_old', score.ratingEdits[name]?.seenOn ?? null, said.value);
  }
}

const VALUE_LENGTH = 60;

function textOfValue(value: CanonicalValue): string {
  return (typeof value === 'object' && value !== null ? value.join('; ') : String(value)).slice(
    0,
    VALUE_LENGTH,
  );
}

function dayOf(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString().slice(0, 10);
}
