// Puts the evidence of a learnt profile into sentences: the same on the card and in the comments of the proposal.
import { describeMatcher } from '#domain/fit/describe-matcher.ts';
import type { TestedValue } from '#domain/fit/learn/choose-rule.ts';
import type { CohortCounts } from '#domain/fit/learn/cohort-counts.ts';
import type { LearningPolicy } from '#domain/fit/learn/learning-policy.ts';
import type { Evidence, StudiedValue } from '#domain/fit/learn/study-field.ts';
import type { WeighedCriterion } from '#domain/fit/learn/weigh-criteria.ts';

const STRENGTHS = ['useless', 'weak', 'medium', 'strong', 'suspiciously strong'] as const;

/** What an information value is called. */
export function strengthOf(informationValue: number, policy: LearningPolicy): (typeof STRENGTHS)[number] {
  const [weak, medium, strong, suspicious] = policy.informationValue;
  if (informationValue > suspicious) return 'suspiciously strong';
  if (informationValue >= strong) return 'strong';
  if (informationValue >= medium) return 'medium';
  return informationValue >= weak ? 'weak' : 'useless';
}

export function describeValue(value: StudiedValue): string {
  return value.kind === 'word' ? value.word : describeMatcher({ kind: 'range', range: value.range });
}

/** `48 of 60 best customers (80%, 95% interval 68 to 88%), 30 of 120 lost (25%), lift 1.9` */
export function describeEvidence({ counts, interval, lift }: Evidence): string {
  const { having, known } = counts;
  const best = `${having.proven} of ${known.proven} best customers (${percent(having.proven, known.proven)}, 95% interval ${Math.round(interval.low * 100)} to ${Math.round(interval.high * 100)}%)`;
  return `${best}, ${having.lost} of ${known.lost} lost (${percent(having.lost, known.lost)}), lift ${lift.toFixed(2)}`;
}

/** The comment lines of one criterion. */
export function describeCriterion(one: WeighedCriterion, policy: LearningPolicy): readonly string[] {
  const lines = [
    `${capitalise(describeEvidence(one.evidence))}; information value ${one.informationValue.toFixed(2)} (${strengthOf(one.informationValue, policy)})`,
  ];
  const { adjacent } = one.groups;
  if (one.criterion.adjacent !== null)
    lines.push(`Adjacent: ${adjacent.proven} best customers and ${adjacent.lost} lost.`);
  if (one.proof.length > 1) {
    const each = one.proof.map(
      ({ value, lift, q }) => `${describeValue(value)} (lift ${lift.toFixed(2)}, q ${formatChance(q)})`,
    );
    lines.push(`One by one: ${each.join(', ')}.`);
  } else if (one.proof[0] !== undefined) lines.push(`By chance alone: q ${formatChance(one.proof[0].q)}.`);
  if (one.isKept) lines.push('A must-have is your decision: its values are kept as they were.');
  return lines;
}

export function describeFill(filled: CohortCounts, of: CohortCounts): string {
  return `filled for ${percent(filled.proven, of.proven)} of best customers and ${percent(filled.lost, of.lost)} of the lost`;
}

export function describeTested(field: string, one: TestedValue): string {
  return `${field} ${describeValue(one.value)}: ${describeEvidence(one)}, q ${formatChance(one.q)}`;
}

/** `0.03`, `2e-7`: one is told how small it is, not twelve digits of it. */
export function formatChance(chance: number): string {
  if (chance === 0) return 'below 1e-300';
  return chance >= 0.001 ? String(Number(chance.toPrecision(2))) : chance.toExponential(0);
}

export function percent(part: number, of: number): string {
  return of === 0 ? '–' : `${Math.round((part / of) * 100)}%`;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
