// What the deals won so far say about a company of some industry and size. Built once a run; knows no account.
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import type { AcvCuts, ValuePolicy } from './value-policy.ts';

export interface WonDeal {
  readonly annualAmount: number;
  readonly industry: string | null;
  readonly employees: number | null;
}

export interface AcvBenchmarks {
  readonly wins: number;
  /** Median by industry and size, of those with enough wins. */
  readonly peerMedians: ReadonlyMap<string, number>;
  /** Median of all wins; null without any. */
  readonly orgMedian: number | null;
  /** Where the bands begin: the policy's, or the own percentiles once enough is won. */
  readonly cuts: AcvCuts;
}

export function buildAcvBenchmarks(won: Iterable<WonDeal>, policy: ValuePolicy): AcvBenchmarks {
  const all: number[] = [];
  const byPeers = new Map<string, number[]>();
  for (const { annualAmount, industry, employees } of won) {
    all.push(annualAmount);
    const peers = peerGroup(industry, employees, policy);
    if (peers === null) continue;
    const group = byPeers.get(peers) ?? [];
    group.push(annualAmount);
    byPeers.set(peers, group);
  }
  const peerMedians = new Map<string, number>();
  for (const [peers, amounts] of byPeers) {
    if (amounts.length >= policy.peerWins) peerMedians.set(peers, percentile(amounts, 0.5));
  }
  return {
    wins: all.length,
    peerMedians,
    orgMedian: all.length === 0 ? null : percentile(all, 0.5),
    cuts: cutsOf(all, policy),
  };
}

/** Companies of one industry and size; null when either is unknown: nothing is a peer of the unknown. */
export function peerGroup(
  industry: string | null,
  employees: number | null,
  policy: ValuePolicy,
): string | null {
  if (industry === null || employees === null) return null;
  const size = policy.peerSizes.filter((end) => employees >= end).length;
  return `${normaliseWord(industry)}|${size}`;
}

function cutsOf(amounts: readonly number[], policy: ValuePolicy): AcvCuts {
  const { fromWins, large, medium } = policy.ownCuts;
  if (amounts.length < fromWins) return policy.bands;
  const own = { large: percentile(amounts, large), medium: percentile(amounts, medium) };
  // One price for all has no large and small: then the policy's bands stay.
  return own.large > own.medium ? own : policy.bands;
}

/** Linear between the two nearest ranks (type 7, what spreadsheets call PERCENTILE.INC). `amounts` is not empty. */
export function percentile(amounts: readonly number[], share: number): number {
  const sorted = amounts.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
