// What differs between two profiles, as somebody who accepts the second one should see it.
import { describeMatcher } from './describe-matcher.ts';
import type { FitPolicy } from './fit-policy.ts';
import { type Criterion, type Icp, icpWeights } from './icp.ts';

export interface IcpChange {
  /** As in the profile's file: `criteria.geo.exact`, `weights.geo`. */
  readonly path: string;
  /** null: not there. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Weights as the share of 100 that they have in effect. Empty: both say the same. */
export function compareIcps(before: Icp, after: Icp, policy: FitPolicy): readonly IcpChange[] {
  const names = [...new Set([...before.criteria, ...after.criteria].map(({ name }) => name))];
  const old = effectiveWeights(before, policy);
  const now = effectiveWeights(after, policy);
  const changes: IcpChange[] = [
    { path: 'template', before: before.template, after: after.template },
    { path: 'assumed', before: String(before.assumed), after: String(after.assumed) },
    ...names.map((name) => ({
      path: `weights.${name}`,
      before: old.get(name) ?? null,
      after: now.get(name) ?? null,
    })),
    ...names.flatMap((name) => compareCriteria(name, find(before, name), find(after, name))),
    { path: 'avoid', before: describeAvoid(before), after: describeAvoid(after) },
  ];
  return changes.filter((change) => change.before !== change.after);
}

/** Part by part; one that comes or goes as a whole is one change. */
function compareCriteria(
  name: string,
  before: Criterion | null,
  after: Criterion | null,
): readonly IcpChange[] {
  if (before === null || after === null) {
    return [{ path: `criteria.${name}`, before: describeWhole(before), after: describeWhole(after) }];
  }
  const parts: readonly (readonly [string, (criterion: Criterion) => string | null])[] = [
    ['field', ({ field }) => field],
    ['exact', ({ exact }) => describeMatcher(exact)],
    ['adjacent', ({ adjacent }) => (adjacent === null ? null : describeMatcher(adjacent))],
    ['unknown', ({ unknown }) => (unknown.size === 0 ? null : [...unknown.values()].join(', '))],
    ['mustHave', ({ mustHave }) => (mustHave ? 'true' : null)],
  ];
  return parts.map(([part, read]) => ({
    path: `criteria.${name}.${part}`,
    before: read(before),
    after: read(after),
  }));
}

function describeWhole(criterion: Criterion | null): string | null {
  if (criterion === null) return null;
  const { field, exact, adjacent, mustHave } = criterion;
  const near = adjacent === null ? '' : `; adjacent ${describeMatcher(adjacent)}`;
  return `${field} ${describeMatcher(exact)}${near}${mustHave ? '; must-have' : ''}`;
}

function find(icp: Icp, name: string): Criterion | null {
  return icp.criteria.find((criterion) => criterion.name === name) ?? null;
}

function effectiveWeights(icp: Icp, policy: FitPolicy): ReadonlyMap<string, string> {
  const weights = Object.entries(icpWeights(icp, policy));
  const sum = weights.reduce((total, [, weight]) => total + weight, 0);
  return new Map(
    weights.map(([name, weight]) => [name, String(sum === 0 ? 0 : Math.round((weight / sum) * 1000) / 10)]),
  );
}

function describeAvoid({ avoid }: Icp): string | null {
  if (avoid.length === 0) return null;
  return avoid
    .map(({ field, words, reason }) => `${field}: ${[...words.values()].join(', ')} (${reason})`)
    .join('; ');
}
