// Fisher's exact test, two-sided: how likely a table at least as uneven is when the attribute means nothing.
import type { AttributeCounts } from './cohort-counts.ts';

/** Tables whose probabilities differ by less than this share count as equally likely; binary noise is far below it. */
const EQUALLY_LIKELY = 1e-7;

/**
 * The p-value, 0-1. Probabilities are built up from the likeliest table by ratios and divided by their sum, so that no
 * factorial is ever formed: exact for a million companies too. Takes as many steps as the smaller margin has companies.
 */
export function fisherExact({ having, known }: AttributeCounts): number {
  const proven = known.proven;
  const lost = known.lost;
  const withIt = having.proven + having.lost;
  const least = Math.max(0, withIt - lost);
  const most = Math.min(withIt, proven);
  // How many proven customers of `withIt` there would be in the likeliest table.
  const mode = Math.min(
    most,
    Math.max(least, Math.floor(((withIt + 1) * (proven + 1)) / (proven + lost + 2))),
  );
  /** Probability of one more over the probability of `count`. */
  const ratio = (count: number) =>
    ((withIt - count) * (proven - count)) / ((count + 1) * (lost - withIt + count + 1));
  const observed = relativeLikelihood(having.proven, mode, ratio);
  const limit = observed * (1 + EQUALLY_LIKELY);
  let all = 1;
  let asUneven = limit >= 1 ? 1 : 0;
  const take = (likelihood: number) => {
    all += likelihood;
    if (likelihood <= limit) asUneven += likelihood;
  };
  for (let count = mode, likelihood = 1; count < most; count += 1) {
    likelihood *= ratio(count);
    take(likelihood);
  }
  for (let count = mode, likelihood = 1; count > least; count -= 1) {
    likelihood /= ratio(count - 1);
    take(likelihood);
  }
  return Math.min(1, asUneven / all);
}

function relativeLikelihood(count: number, mode: number, ratio: (count: number) => number): number {
  let likelihood = 1;
  for (let at = mode; at < count; at += 1) likelihood *= ratio(at);
  for (let at = mode; at > count; at -= 1) likelihood /= ratio(at - 1);
  return likelihood;
}
