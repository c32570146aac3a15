// Says in a few words what a criterion looks for.
import type { ValueMatcher } from './icp.ts';

/** `Software, Manufacturing`, `500 to 9999`, `1000 or more`, `up to 99`. */
export function describeMatcher(matcher: ValueMatcher): string {
  if (matcher.kind === 'words') return [...matcher.words.values()].join(', ');
  const { from, to } = matcher.range;
  if (from === null) return `up to ${to}`;
  if (to === null) return `${from} or more`;
  return from === to ? String(from) : `${from} to ${to}`;
}
