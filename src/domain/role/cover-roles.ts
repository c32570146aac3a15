// How much of a buying group is known: the parts that are played, those that nobody plays yet, and how many people take part.
import { roundToHundredth } from '#domain/value/round.ts';
import type { BuyingGroupPolicy } from './buying-group-policy.ts';
import type { BuyingRole } from './buying-role.ts';

export interface RoleCoverage {
  readonly parts: readonly { readonly part: string; readonly people: number }[];
  readonly missing: readonly string[];
  /** Filled of required, 0-1, two decimals. */
  readonly coverage: number;
  /** People engaged, and how many a decision takes. */
  readonly depth: { readonly engaged: number; readonly of: number };
}

/** @param roles one a person who is known @param engaged people who count in engagement */
export function coverRoles(
  roles: readonly (BuyingRole | null)[],
  engaged: number,
  policy: BuyingGroupPolicy,
): RoleCoverage {
  const parts = policy.required.map(({ part, roles: playing }) => ({
    part,
    people: roles.filter((role) => role !== null && playing.includes(role)).length,
  }));
  const missing = parts.filter(({ people }) => people === 0).map(({ part }) => part);
  return {
    parts,
    missing,
    coverage: parts.length === 0 ? 1 : roundToHundredth((parts.length - missing.length) / parts.length),
    depth: { engaged, of: policy.people },
  };
}
