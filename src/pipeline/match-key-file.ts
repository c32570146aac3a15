// Runs the matcher over JSON Lines without a CRM and without a store: the key is a digest of the record that stands
// for the company, so the same records give the same keys in any order. Lines that are no record are answered in place.
import { createHash } from 'node:crypto';
import type { KeyAssignment } from '#domain/key/company-record.ts';
import { encodeBase32 } from '#domain/key/encode-base32.ts';
import type { KeyRules } from '#domain/key/key-rules.ts';
import { createCompanyMatcher } from '#domain/key/match-companies.ts';
import { parseKeyLine } from '#mapping/key/parse-key-line.ts';

export interface KeyFileCounts {
  records: number;
  /** Lines that were no record. */
  errors: number;
}

/** Yields one JSON line for every input line that is not blank, in the same order. `counts` is filled on the way. */
export async function* matchKeyLines(
  lines: AsyncIterable<string> | Iterable<string>,
  rules: KeyRules,
  counts: KeyFileCounts = { records: 0, errors: 0 },
): AsyncGenerator<string> {
  const matcher = createCompanyMatcher(rules);
  const seen = { account: new Set<string>(), person: new Set<string>() };
  const refused: { readonly before: number; readonly line: number; readonly error: string }[] = [];
  let number = 0;
  for await (const raw of lines) {
    number++;
    const line = number === 1 ? raw.replace(/^\uFEFF/u, '') : raw;
    if (line.trim() === '') continue;
    const parsed = parseKeyLine(line);
    const error = 'error' in parsed ? parsed.error : repeatedId(parsed.record, seen);
    if (error === null && 'record' in parsed) {
      counts.records++;
      matcher.add(parsed.record);
    } else {
      counts.errors++;
      refused.push({ before: counts.records, line: number, error: error ?? 'not a record' });
    }
  }
  let answered = 0;
  let next = 0;
  for (const assignment of matcher.finish()) {
    for (; refused[next]?.before === answered; next++) yield describeRefusal(refused[next]);
    yield JSON.stringify(describe(assignment));
    answered++;
  }
  for (; next < refused.length; next++) yield describeRefusal(refused[next]);
}

function describeRefusal(refusal: { readonly line: number; readonly error: string } | undefined): string {
  return JSON.stringify({ line: refusal?.line, error: refusal?.error });
}

function repeatedId(
  record: { id: string; kind: 'account' | 'person' },
  seen: Readonly<Record<'account' | 'person', Set<string>>>,
): string | null {
  const ids = seen[record.kind];
  if (ids.has(record.id)) return `id ${record.id} was given on an earlier line`;
  ids.add(record.id);
  return null;
}

function describe({
  id,
  group,
  family,
  evidence,
  confidence,
  review,
}: KeyAssignment): Record<string, unknown> {
  return {
    id,
    key: group === null ? null : keyOf(group),
    ...(family === null ? {} : { family: keyOf(family) }),
    evidence,
    confidence,
    ...(review ? { review: true } : {}),
  };
}

function keyOf(representative: string): string {
  return `co_${encodeBase32(createHash('sha256').update(representative).digest().subarray(0, 10))}`;
}
