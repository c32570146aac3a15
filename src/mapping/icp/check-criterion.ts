// Finds what one criterion gets wrong: values its field can never have, sides that overlap, a must-have nobody can meet.
// Knows which values a field can have, not which companies there are.
import { OWN_FIELDS } from '#domain/fit/learn/candidate-field.ts';
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { normaliseCountry } from '#domain/record/country.ts';
import { canonicalTypeOf, type FieldType } from '#domain/record/objects.ts';
import type { Contradiction } from '#mapping/policy/contradiction.ts';
import { SOURCE_COLUMNS, toCanonicalName } from '#mapping/source/source-columns.ts';
import type { CriterionDocument, MatcherDocument } from './icp-schema.ts';

type Range = Exclude<MatcherDocument, readonly unknown[]>;
type Word = Exclude<MatcherDocument, Range>[number];

export function checkCriterion(path: string, criterion: CriterionDocument): readonly Contradiction[] {
  const { field, exact, adjacent } = criterion;
  if (OWN_FIELDS.has(field)) {
    return [
      {
        path: `${path}.field`,
        read: `${field}, which Tierline writes itself`,
        wanted: 'a field that says what the company is',
      },
    ];
  }
  const problems = [
    ...checkMatcher(`${path}.exact`, field, exact),
    ...(adjacent === undefined ? [] : checkMatcher(`${path}.adjacent`, field, adjacent)),
    ...checkSides(path, criterion),
    ...checkWordsOnce(path, criterion),
  ];
  return problems.length > 0 ? problems : checkMustHave(path, criterion);
}

/** Types of which no value is ever a number. */
const NO_NUMBERS: readonly FieldType[] = ['choice', 'boolean', 'date', 'datetime', 'list', 'country', 'id'];

function checkMatcher(path: string, field: string, matcher: MatcherDocument): readonly Contradiction[] {
  const type = canonicalTypeOf('account', field);
  if (Array.isArray(matcher)) {
    if (type === 'country') return checkCountries(path, matcher, 'existing');
    if (type !== 'number' && type !== 'money') return [];
    return matcher
      .filter((word) => typeof word === 'boolean' || Number.isNaN(Number(word)))
      .map((word) => ({
        path,
        read: `"${word}", and ${field} is a number`,
        wanted: 'a range such as { from: 100 }',
      }));
  }
  if (type !== undefined && NO_NUMBERS.includes(type)) {
    return [{ path, read: `a range, and ${field} is no number`, wanted: 'a list of words' }];
  }
  const { from, to } = matcher;
  if (from === undefined && to === undefined) {
    return [{ path, read: 'a range without ends', wanted: 'from, to or both' }];
  }
  return from !== undefined && to !== undefined && from > to
    ? [{ path, read: `from ${from} to ${to}`, wanted: 'from below to' }]
    : [];
}

/** `shaped`: whom to avoid may be a code that no country has. */
export function checkCountries(
  path: string,
  words: readonly Word[],
  wanted: 'existing' | 'shaped',
): readonly Contradiction[] {
  return words.flatMap((word) => {
    const code = String(word).normalize('NFKC').trim();
    if (!/^[a-z]{2}$/iu.test(code)) {
      return [{ path, read: `"${word}"`, wanted: 'a two-letter country code such as DE' }];
    }
    return wanted === 'existing' && normaliseCountry(code.toUpperCase()) === null
      ? [{ path, read: `"${word}", which is no country`, wanted: 'an ISO 3166-1 code such as DE' }]
      : [];
  });
}

function checkSides(path: string, { exact, adjacent }: CriterionDocument): readonly Contradiction[] {
  if (adjacent === undefined) return [];
  if (Array.isArray(exact) !== Array.isArray(adjacent)) {
    return [
      {
        path: `${path}.adjacent`,
        read: 'words beside a range',
        wanted: 'exact and adjacent of one kind',
      },
    ];
  }
  if (Array.isArray(exact) || Array.isArray(adjacent)) return [];
  const isWithin = lowest(adjacent) >= lowest(exact) && highest(adjacent) <= highest(exact);
  return isWithin
    ? [
        {
          path: `${path}.adjacent`,
          read: 'a range that lies within exact, so nothing is adjacent',
          wanted: 'a range that reaches beyond exact, or none',
        },
      ]
    : [];
}

function checkWordsOnce(path: string, criterion: CriterionDocument): readonly Contradiction[] {
  const { exact, adjacent, unknown = [] } = criterion;
  const problems: Contradiction[] = [];
  const seen = new Map<string, string>();
  for (const [side, list] of Object.entries({ exact, adjacent, unknown })) {
    for (const word of Array.isArray(list) ? list : []) {
      const key = normaliseWord(String(word));
      const other = seen.get(key);
      if (other !== undefined && other !== side) {
        problems.push({
          path: `${path}.${side}`,
          read: `"${word}", which is in ${other} too`,
          wanted: 'each word once',
        });
      }
      seen.set(key, side);
    }
  }
  return problems;
}

/** Adjacent meets a must-have as well: only what is neither is out. */
function checkMustHave(path: string, criterion: CriterionDocument): readonly Contradiction[] {
  const { field, exact, adjacent, mustHave } = criterion;
  if (!mustHave || canBe(field, exact) || (adjacent !== undefined && canBe(field, adjacent))) return [];
  return [
    {
      path: `${path}.mustHave`,
      read: `true, and no company can meet it: ${field} is ${describePossible(field)}`,
      wanted: 'values that the field can have, or mustHave: false',
    },
  ];
}

/** Whether the field can ever have such a value; a field of which we know nothing can. */
function canBe(field: string, matcher: MatcherDocument): boolean {
  const column = columnOf(field);
  if (Array.isArray(matcher)) {
    const { oneOf } = column ?? {};
    return oneOf === undefined || matcher.some((word) => oneOf.includes(normaliseWord(String(word))));
  }
  return highest(matcher) >= (column?.from ?? -Infinity) && lowest(matcher) <= (column?.to ?? Infinity);
}

function describePossible(field: string): string {
  const { oneOf, from, to } = columnOf(field) ?? {};
  if (oneOf !== undefined) return `one of ${oneOf.join(', ')}`;
  return to === undefined ? `${from} or more` : `${from} to ${to}`;
}

function columnOf(field: string) {
  return SOURCE_COLUMNS.firmographics.find(({ name }) => toCanonicalName(name) === field);
}

function lowest(range: Range): number {
  return range.from ?? Number.NEGATIVE_INFINITY;
}

function highest(range: Range): number {
  return range.to ?? Number.POSITIVE_INFINITY;
}
