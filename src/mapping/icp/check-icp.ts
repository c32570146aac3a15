// Finds what a well-formed ICP gets wrong: ranges upside down, a word on two sides, weights that do not add up.
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { type Contradiction, checkSum } from '#mapping/policy/contradiction.ts';
import type { CriterionDocument, IcpDocument, MatcherDocument } from './icp-schema.ts';

/** Canonical fields that hold ISO 3166-1 alpha-2 codes. */
const COUNTRY_FIELDS = new Set(['country']);

export function checkIcp(icp: IcpDocument): readonly Contradiction[] {
  const criteria = Object.entries(icp.criteria).flatMap(([name, criterion]) =>
    criterion === undefined ? [] : [[name, criterion] as const],
  );
  if (criteria.length === 0) {
    return [{ path: 'criteria', read: 'no criterion', wanted: 'at least one of the template' }];
  }
  return [
    ...criteria.flatMap(([name, criterion]) => checkCriterion(`criteria.${name}`, criterion)),
    ...icp.avoid.flatMap((rule, index) => checkCountries(`avoid[${index}].in`, rule.field, rule.in)),
    ...checkWeights(
      icp,
      criteria.map(([name]) => name),
    ),
  ];
}

function checkWeights(icp: IcpDocument, named: readonly string[]): readonly Contradiction[] {
  if (icp.weights === undefined) return [];
  const weighed = Object.entries(icp.weights).flatMap(([name, weight]) =>
    weight === undefined ? [] : [{ name, weight }],
  );
  const strangers = weighed.filter(({ name }) => !named.includes(name));
  const unweighed = named.filter((name) => !weighed.some((weight) => weight.name === name));
  return [
    ...strangers.map(({ name }) => ({
      path: `weights.${name}`,
      read: 'a weight without a criterion',
      wanted: `criteria.${name}, or no weight`,
    })),
    ...unweighed.map((name) => ({
      path: 'weights',
      read: `no weight for ${name}`,
      wanted: `weights.${name}`,
    })),
    ...checkSum(
      'weights',
      weighed.map(({ weight }) => weight),
      100,
    ),
  ];
}

function checkCriterion(path: string, criterion: CriterionDocument): readonly Contradiction[] {
  const { field, exact, adjacent, unknown = [] } = criterion;
  const problems = [...checkMatcher(`${path}.exact`, field, exact)];
  if (adjacent !== undefined) {
    problems.push(...checkMatcher(`${path}.adjacent`, field, adjacent));
    if (Array.isArray(exact) !== Array.isArray(adjacent)) {
      problems.push({
        path: `${path}.adjacent`,
        read: 'words beside a range',
        wanted: 'exact and adjacent of one kind',
      });
    }
  }
  const lists = { exact, adjacent, unknown };
  const seen = new Map<string, string>();
  for (const [side, list] of Object.entries(lists)) {
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

function checkMatcher(path: string, field: string, matcher: MatcherDocument): readonly Contradiction[] {
  if (Array.isArray(matcher)) return checkCountries(path, field, matcher);
  const { from, to } = matcher;
  if (from === undefined && to === undefined) {
    return [{ path, read: 'a range without ends', wanted: 'from, to or both' }];
  }
  if (from !== undefined && to !== undefined && from > to) {
    return [{ path, read: `from ${from} to ${to}`, wanted: 'from below to' }];
  }
  return [];
}

function checkCountries(
  path: string,
  field: string,
  words: readonly (string | number | boolean)[],
): readonly Contradiction[] {
  if (!COUNTRY_FIELDS.has(field)) return [];
  return words
    .filter((word) => !/^[a-z]{2}$/iu.test(String(word).normalize('NFKC').trim()))
    .map((word) => ({ path, read: `"${word}"`, wanted: 'a two-letter country code such as DE' }));
}
