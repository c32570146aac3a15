// Reads the ideal customer profile, or says what is wrong with it. A workspace's file stands instead of the shipped one.
import { FIT_CRITERIA, type FitWeights } from '#domain/fit/fit-policy.ts';
import type { Criterion, Icp, ValueMatcher, Words } from '#domain/fit/icp.ts';
import { normaliseWord } from '#domain/fit/normalise-word.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { type MappingFiles, requireFile, shippedMappingFiles } from '#mapping/files/mapping-files.ts';
import { toMappingError } from '#mapping/policy/contradiction.ts';
import { checkIcp } from './check-icp.ts';
import {
  type CriterionDocument,
  createIcpSchema,
  type IcpDocument,
  icpTemplateSchema,
  type MatcherDocument,
} from './icp-schema.ts';

/** Its name in a folder of mappings. */
export const ICP_FILE = 'icp.yaml';

export function loadIcp(files: MappingFiles = shippedMappingFiles): Icp {
  const { text, shownPath } = requireFile(files, ICP_FILE);
  return parseIcp(text, shownPath);
}

/** `file` is for messages. */
export function parseIcp(text: string, file: string): Icp {
  const document = parseYamlText(text, file);
  const { template } = parseDocument(icpTemplateSchema, document, file);
  const icp = parseDocument(createIcpSchema(template), document, file);
  const problems = checkIcp(icp);
  if (problems.length > 0) throw toMappingError(file, problems);
  return toIcp(icp);
}

function toIcp(document: IcpDocument): Icp {
  const criteria = FIT_CRITERIA[document.template].flatMap((name) => {
    const criterion = document.criteria[name];
    return criterion === undefined ? [] : [toCriterion(name, criterion)];
  });
  return {
    template: document.template,
    assumed: document.assumed,
    criteria,
    weights: document.weights === undefined ? null : withoutGaps(document.weights),
    avoid: document.avoid.map(({ field, in: among, reason }) => ({ field, words: toWords(among), reason })),
  };
}

function toCriterion(name: string, document: CriterionDocument): Criterion {
  return {
    name,
    field: document.field,
    exact: toMatcher(document.exact),
    adjacent: document.adjacent === undefined ? null : toMatcher(document.adjacent),
    unknown: toWords(document.unknown ?? []),
    mustHave: document.mustHave,
  };
}

function toMatcher(document: MatcherDocument): ValueMatcher {
  if (Array.isArray(document)) return { kind: 'words', words: toWords(document) };
  return { kind: 'range', range: { from: document.from ?? null, to: document.to ?? null } };
}

function toWords(words: readonly (string | number | boolean)[]): Words {
  return new Map(words.map((word) => [normaliseWord(String(word)), String(word)]));
}

function withoutGaps(weights: Readonly<Record<string, number | undefined>>): FitWeights {
  return Object.fromEntries(
    Object.entries(weights).flatMap(([name, weight]) => (weight === undefined ? [] : [[name, weight]])),
  );
}
