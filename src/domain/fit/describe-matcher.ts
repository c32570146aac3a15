// Says in a few words what a criterion looks for.
import type { ValueMatcher } from './icp.ts';

/** `Software, Manufacturing`, `500 to 9,999`, `1,000 or more`, `up to 99`. */
export function describeMatcher(matcher: ValueMatcher): string {
  if (matcher.kind === 'words') return [...matcher.words.values()].join(', ');
  const { from, to } = matcher.range;
  if (from === null) return to === null ? 'any' : `up to ${grouped(to)}`;
  if (to === null) return `${grouped(from)} or more`;
  return from === to ? grouped(from) : `${grouped(from)} to ${grouped(to)}`;
}

function grouped(number: number): string {
  return number.toLocaleString('en', { maximumFractionDigits: 6 });
}
