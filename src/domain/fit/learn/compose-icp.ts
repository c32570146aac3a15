// Makes a profile of the criteria that were taken; what people decided (must-haves, whom to avoid) stays as it is.
import { FIT_CRITERIA } from '#domain/fit/fit-policy.ts';
import type { Criterion, Icp } from '#domain/fit/icp.ts';
import { canonicalTypeOf } from '#domain/record/objects.ts';
import type { WeighedCriterion } from './weigh-criteria.ts';

/** Null when no criterion has a weight. @param isLearnt false: a suggestion, which stays assumed */
export function composeIcp(criteria: readonly WeighedCriterion[], now: Icp, isLearnt: boolean): Icp | null {
  if (criteria.every(({ weight }) => weight === 0)) return null;
  const taken = criteria.filter(({ weight, isKept }) => weight > 0 || isKept);
  const all = [...taken, ...keptForTheirColumn(taken, now)].toSorted(
    (a, b) => placeOf(a.criterion, now) - placeOf(b.criterion, now),
  );
  return {
    template: now.template,
    assumed: !isLearnt,
    criteria: all.map(({ criterion }) => criterion),
    weights: Object.fromEntries(all.map(({ criterion, weight }) => [criterion.name, weight])),
    avoid: now.avoid,
  };
}

/** Of a field that only the profile names: without the criterion its column would be a stranger, and the source not load. */
function keptForTheirColumn(taken: readonly WeighedCriterion[], { criteria }: Icp) {
  return criteria
    .filter(
      ({ name, field }) =>
        canonicalTypeOf('account', field) === undefined &&
        !taken.some(({ criterion }) => criterion.name === name || criterion.field === field),
    )
    .map((criterion) => ({ criterion, weight: 0 }));
}

function placeOf({ name }: Criterion, { template }: Icp): number {
  const names: readonly string[] = FIT_CRITERIA[template];
  return names.indexOf(name);
}
