// The ideal customer profile: per criterion which values match, and whom to avoid. Its file is read elsewhere.
import type { FitPolicy, FitTemplate, FitWeights } from './fit-policy.ts';

/** Words under their normalised spelling, with the one the ICP uses. */
export type Words = ReadonlyMap<string, string>;

/** Both ends inclusive; null is open. */
export interface NumberRange {
  readonly from: number | null;
  readonly to: number | null;
}

export type ValueMatcher =
  | { readonly kind: 'words'; readonly words: Words }
  | { readonly kind: 'range'; readonly range: NumberRange };

export interface Criterion {
  readonly name: string;
  /** Canonical name of the account's field. */
  readonly field: string;
  readonly exact: ValueMatcher;
  readonly adjacent: ValueMatcher | null;
  /** Words that say nothing, such as `unknown`. */
  readonly unknown: Words;
  readonly mustHave: boolean;
}

interface AvoidRule {
  readonly field: string;
  readonly words: Words;
  readonly reason: string;
}

export interface Icp {
  readonly template: FitTemplate;
  /** False once it was learnt from customers. */
  readonly assumed: boolean;
  /** In the template's order. A criterion left out plays no part. */
  readonly criteria: readonly Criterion[];
  /** null: those of the policy's template. */
  readonly weights: FitWeights | null;
  readonly avoid: readonly AvoidRule[];
}

/** The weights that fit is scored with: the ICP's own or its template's, of the criteria it has. Compute once a run. */
export function icpWeights(icp: Icp, policy: FitPolicy): FitWeights {
  const weights = icp.weights ?? policy.weights[icp.template];
  return Object.fromEntries(icp.criteria.map(({ name }) => [name, weights[name] ?? 0]));
}
