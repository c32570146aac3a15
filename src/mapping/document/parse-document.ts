// Reads one YAML or JSON document through a strict schema. Every way in which it can be wrong becomes one error that
// names file, path, what was read and what would do. Knows nothing of what the document means.
import { parseDocument as parseYaml } from 'yaml';
import { z } from 'zod';
import { MappingError } from '#errors/errors.ts';
import { nearestName } from './nearest-name.ts';

/** Parses YAML text (JSON is YAML) into plain values; duplicate keys and syntax errors name the line. */
export function parseYamlText(text: string, file: string): unknown {
  const document = parseYaml(text, { uniqueKeys: true, prettyErrors: true });
  const problem = document.errors[0];
  if (problem !== undefined) throw badYaml(problem.message, file, problem);
  try {
    return document.toJS();
  } catch (cause) {
    // An alias without its anchor, or a bomb of them, shows only here.
    throw badYaml(cause instanceof Error ? cause.message : String(cause), file, cause);
  }
}

/** Of the parser's message only the first line: below it stands the text around the mistake, which may be a secret. */
function badYaml(message: string, file: string, cause: unknown): MappingError {
  const [first = ''] = message.split('\n');
  return new MappingError(`${file}: ${first.trim().replace(/:$/u, '')}`, {
    cause,
    next: `Correct the YAML of ${file}.`,
  });
}

/** The document as the schema gives it, or a MappingError that lists every problem. */
export function parseDocument<Schema extends z.ZodType>(
  schema: Schema,
  document: unknown,
  file: string,
): z.output<Schema> {
  const result = schema.safeParse(document, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => describeIssue(issue, schema, document));
  throw new MappingError([`${file} is not valid:`, ...lines.map((line) => `  ${line}`)].join('\n'), {
    next: `Correct ${file} and run the command again.`,
  });
}

function describeIssue(issue: z.core.$ZodIssue, schema: z.ZodType, document: unknown): readonly string[] {
  const where = pathText(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => {
      const nearest = nearestName(key, known);
      const hint = nearest === null ? '' : `; did you mean "${nearest}"?`;
      const allowed = known.length === 0 ? '' : ` (allowed: ${known.join(', ')})`;
      return `${pathText([...issue.path, key])}: unknown key${hint}${allowed}`;
    });
  }
  if (issue.code === 'invalid_union') {
    const branches = issue.errors.flat();
    const deepest = branches.toSorted((a, b) => b.path.length - a.path.length)[0];
    if (deepest !== undefined && deepest.path.length > 0) {
      return describeIssue({ ...deepest, path: [...issue.path, ...deepest.path] }, schema, document);
    }
  }
  const isSecret = issue.path.some((part) => SECRET_KEY.test(String(part)));
  const read = isSecret ? '… (not shown)' : shown(valueAt(document, issue.path));
  return [`${where}: ${issue.message}; read ${read}`];
}

function pathText(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '(document)';
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const part of path) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

const SECRET_KEY = /secret|token|password|privatekey/iu;
const SHOWN_CHARACTERS = 80;

function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text =
    JSON.stringify(value, (key, inner: unknown) => (SECRET_KEY.test(key) ? '…' : inner)) ?? 'nothing';
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** The keys that an object schema at this path allows; empty when it cannot be told. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  let inner: unknown = unwrap(schema);
  for (const part of path) {
    if (inner instanceof z.ZodObject) inner = unwrap((inner.shape as Record<PropertyKey, unknown>)[part]);
    else if (inner instanceof z.ZodRecord) inner = unwrap(inner.valueType);
    else if (inner instanceof z.ZodArray) inner = unwrap(inner.element);
    else return [];
  }
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodPrefault
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
