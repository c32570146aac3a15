// Writes a profile in the format of mappings/icp.yaml, with comments that say why. What it writes, load-icp.ts reads.
import { stringify } from 'yaml';
import type { Criterion, Icp, ValueMatcher, Words } from '#domain/fit/icp.ts';
import { parseIcp } from './load-icp.ts';

export interface IcpComments {
  readonly head: readonly string[];
  /** By criterion. */
  readonly criteria: ReadonlyMap<string, readonly string[]>;
  readonly tail: readonly string[];
}

/** @throws MappingError when the profile contradicts itself: nothing is handed out that would not load. */
export function writeIcp(icp: Icp, comments: IcpComments): string {
  const lines = [
    ...comments.head.map(comment('')),
    `template: ${icp.template}`,
    `assumed: ${icp.assumed}`,
    'criteria:',
    ...icp.criteria.flatMap((criterion) => [
      ...(comments.criteria.get(criterion.name) ?? []).map(comment('  ')),
      `  ${criterion.name}: ${flow(toDocument(criterion))}`,
    ]),
    ...(icp.weights === null ? [] : [`weights: ${flow(icp.weights)}`]),
    ...writeAvoid(icp),
    ...comments.tail.map(comment('')),
  ];
  const text = `${lines.join('\n')}\n`;
  parseIcp(text, 'the proposed profile');
  return text;
}

function writeAvoid({ avoid }: Icp): readonly string[] {
  if (avoid.length === 0) return [];
  const rules = avoid.map(({ field, words, reason }) => ({ field, in: listOf(words), reason }));
  return ['avoid:', ...rules.map((rule) => `  - ${flow(rule)}`)];
}

function toDocument({
  field,
  exact,
  adjacent,
  unknown,
  mustHave,
}: Criterion): Readonly<Record<string, unknown>> {
  return {
    field,
    exact: toMatcherDocument(exact),
    ...(adjacent === null ? {} : { adjacent: toMatcherDocument(adjacent) }),
    ...(unknown.size === 0 ? {} : { unknown: listOf(unknown) }),
    ...(mustHave ? { mustHave } : {}),
  };
}

function toMatcherDocument(matcher: ValueMatcher): unknown {
  if (matcher.kind === 'words') return listOf(matcher.words);
  const { from, to } = matcher.range;
  return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

function listOf(words: Words): readonly string[] {
  return [...words.values()];
}

/** On one line, quoted where a word would mean something else in YAML. */
function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

/** A line break in a CRM's value would end the comment. */
function comment(indent: string) {
  return (line: string) => `${indent}# ${line.replaceAll(/[\r\n\u2028\u2029]+/gu, ' ')}`.trimEnd();
}
