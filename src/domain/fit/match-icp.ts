// Holds one account's values against the ICP: a match per criterion with its evidence, the must-haves, whom to avoid.
import type { CanonicalValue } from '#domain/record/objects.ts';
import type { FitPolicy } from './fit-policy.ts';
import type { Criterion, Icp, NumberRange, ValueMatcher, Words } from './icp.ts';
import { normaliseWord } from './normalise-word.ts';
import type { FitMatches, Match } from './score-fit.ts';
import { isStale, type SourcedValue, type SourcedValues } from './sourced-value.ts';

export interface CriterionMatch {
  readonly criterion: string;
  readonly field: string;
  readonly match: Match;
  /** What was looked at; null when nothing is known. A stale value is shown, but not judged. */
  readonly value: CanonicalValue;
  readonly source: string | null;
  readonly observedAtMs: number | null;
  readonly isStale: boolean;
  /** The word of the ICP that matched, as the ICP writes it; null for ranges and misses. */
  readonly matched: string | null;
}

export interface IcpMatch {
  readonly fit: FitMatches;
  readonly criteria: readonly CriterionMatch[];
  /** The first must-have that is known to be missed. Unknown is not missed. */
  readonly mustHaveMiss: string | null;
  /** The reason of the first avoid rule that holds. */
  readonly excluded: string | null;
}

export function matchIcp(icp: Icp, policy: FitPolicy, values: SourcedValues, asOfMs: number): IcpMatch {
  const criteria = icp.criteria.map((criterion) =>
    matchCriterion(criterion, values.get(criterion.field), asOfMs, policy),
  );
  const missed = icp.criteria.findIndex(({ mustHave }, index) => mustHave && criteria[index]?.match === 0);
  const avoided = icp.avoid.find(({ field, words }) => {
    const known = values.get(field);
    if (known === undefined || isStale(known, asOfMs, policy.freshDays)) return false;
    return findWord(wordsOf(known.value), words) !== null;
  });
  return {
    fit: Object.fromEntries(criteria.map(({ criterion, match }) => [criterion, match])),
    criteria,
    mustHaveMiss: icp.criteria[missed]?.name ?? null,
    excluded: avoided?.reason ?? null,
  };
}

function matchCriterion(
  criterion: Criterion,
  known: SourcedValue | undefined,
  asOfMs: number,
  policy: FitPolicy,
): CriterionMatch {
  const stale = known !== undefined && isStale(known, asOfMs, policy.freshDays);
  const judged = known === undefined || stale ? UNKNOWN : judge(criterion, known.value);
  return {
    criterion: criterion.name,
    field: criterion.field,
    match: judged.match,
    value: known?.value ?? null,
    source: known?.source ?? null,
    observedAtMs: known?.observedAtMs ?? null,
    isStale: stale,
    matched: judged.matched,
  };
}

interface Judged {
  readonly match: Match;
  readonly matched: string | null;
}

const UNKNOWN: Judged = { match: null, matched: null };

function judge({ exact, adjacent, unknown }: Criterion, value: CanonicalValue): Judged {
  const words = wordsOf(value);
  // No word at all says as little as one that means unknown.
  if (words.every((word) => unknown.has(word))) return UNKNOWN;
  for (const [matcher, match] of [
    [exact, 1],
    [adjacent, 0.5],
  ] as const) {
    if (matcher === null) continue;
    const fits = fitsMatcher(matcher, value, words);
    // "many employees" is no number: nothing can be said.
    if (fits === null) return UNKNOWN;
    if (fits !== false) return { match, matched: fits === true ? null : fits };
  }
  return { match: 0, matched: null };
}

/** The word that fits, or whether the number does; null when the value is of the wrong kind. */
function fitsMatcher(
  matcher: ValueMatcher,
  value: CanonicalValue,
  words: readonly string[],
): string | boolean | null {
  if (matcher.kind === 'words') return findWord(words, matcher.words) ?? false;
  const number = typeof value === 'number' ? value : Number(words[0]);
  return Number.isFinite(number) ? isWithin(number, matcher.range) : null;
}

function isWithin(number: number, { from, to }: NumberRange): boolean {
  return (from === null || number >= from) && (to === null || number <= to);
}

function findWord(words: readonly string[], among: Words): string | null {
  for (const word of words) {
    const written = among.get(word);
    if (written !== undefined) return written;
  }
  return null;
}

/** A list field holds several words, of which any may match; an empty text says nothing. */
function wordsOf(value: CanonicalValue): readonly string[] {
  if (value === null) return [];
  const list = typeof value === 'object' ? value : [String(value)];
  return list.map(normaliseWord).filter((word) => word !== '');
}
