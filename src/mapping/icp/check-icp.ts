// Finds what a well-formed ICP gets wrong as a whole: weights that do not add up, a word both sought and avoided.
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { type Contradiction, checkSum } from '#mapping/policy/contradiction.ts';
import { checkCountries, checkCriterion } from './check-criterion.ts';
import type { CriterionDocument, IcpDocument } from './icp-schema.ts';

export function checkIcp(icp: IcpDocument): readonly Contradiction[] {
  const criteria = Object.entries(icp.criteria).flatMap(([name, criterion]) =>
    criterion === undefined ? [] : [[name, criterion] as const],
  );
  if (criteria.length === 0) {
    return [{ path: 'criteria', read: 'no criterion', wanted: 'at least one of the template' }];
  }
  return [
    ...criteria.flatMap(([name, criterion]) => checkCriterion(`criteria.${name}`, criterion)),
    ...checkAvoid(icp),
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

/** Nobody can be sought and avoided by one word. */
function checkAvoid(icp: IcpDocument): readonly Contradiction[] {
  return icp.avoid.flatMap((rule, index) => {
    const path = `avoid[${index}].in`;
    const sought = Object.entries(icp.criteria).filter(([, criterion]) => criterion?.field === rule.field);
    const clashes = rule.in.flatMap((word) =>
      sought.flatMap(([name, criterion]) =>
        sidesWith(word, criterion).map((side) => ({
          path,
          read: `"${word}", which criteria.${name}.${side} looks for`,
          wanted: 'the word in one of the two',
        })),
      ),
    );
    return rule.field === 'country' ? [...checkCountries(path, rule.in, 'shaped'), ...clashes] : clashes;
  });
}

function sidesWith(
  word: string | number | boolean,
  criterion: CriterionDocument | undefined,
): readonly ('exact' | 'adjacent')[] {
  return (['exact', 'adjacent'] as const).filter((side) => {
    const matcher = criterion?.[side];
    return (
      Array.isArray(matcher) &&
      matcher.some((other) => normaliseWord(String(other)) === normaliseWord(String(word)))
    );
  });
}
