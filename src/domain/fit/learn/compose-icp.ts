// Makes a profile of the criteria that were taken; what people decided (must-haves, whom to avoid) stays as it is.
import type { Icp } from '#domain/fit/icp.ts';
import type { WeighedCriterion } from './weigh-criteria.ts';

/** Null when no criterion has a weight. @param isLearnt false: a suggestion, which stays assumed */
export function composeIcp(criteria: readonly WeighedCriterion[], now: Icp, isLearnt: boolean): Icp | null {
  if (criteria.every(({ weight }) => weight === 0)) return null;
  const taken = criteria.filter(({ weight, isKept }) => weight > 0 || isKept);
  return {
    template: now.template,
    assumed: !isLearnt,
    criteria: taken.map(({ criterion }) => criterion),
    weights: Object.fromEntries(taken.map(({ criterion, weight }) => [criterion.name, weight])),
    avoid: now.avoid,
  };
}
