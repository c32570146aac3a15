// Fills `@{reference.path}` in a subrequest with what an earlier one answered.
import { isJsonObject, printJson } from '../org/json.ts';
import type { ApiResponse } from './api-message.ts';

const REFERENCE = /@\{([^}]+)\}/g;

export interface Filled {
  readonly url: string;
  readonly body: unknown;
}

export interface UnresolvedReference {
  readonly problem: string;
}

export const isUnresolved = (value: Filled | UnresolvedReference): value is UnresolvedReference =>
  'problem' in value;

/** Results by reference id; a failed or missing one halts what depends on it. */
export const fillReferences = (
  { url, body }: Filled,
  results: ReadonlyMap<string, ApiResponse>,
): Filled | UnresolvedReference => {
  const problems: string[] = [];
  const resolve = (expression: string): unknown => {
    const [referenceId = '', ...steps] = expression.split('.');
    const response = results.get(referenceId);
    const value =
      response === undefined || response.status >= 400 ? undefined : readPath(response.json, steps);
    if (value === undefined) {
      problems.push(`Invalid reference specified. No value for ${expression} found in ${referenceId}`);
    }
    return value;
  };
  const fillText = (text: string): string =>
    text.replaceAll(REFERENCE, (_match, expression: string) => printJson(resolve(expression) ?? ''));
  const fillValue = (value: unknown): unknown => {
    if (typeof value === 'string') return fillText(value);
    if (Array.isArray(value)) return value.map((one: unknown) => fillValue(one));
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, fillValue(one)]));
  };
  const filled = { url: fillText(url), body: fillValue(body) };
  const [problem] = problems;
  return problem === undefined ? filled : { problem };
};

/** Steps are names, with list places as `records[0]`. */
const readPath = (value: unknown, steps: readonly string[]): unknown => {
  let current = value;
  for (const step of steps) {
    const match = /^(\w*)(?:\[(\d+)\])?$/.exec(step);
    if (match === null) return undefined;
    const [, name = '', place] = match;
    if (name !== '') current = isJsonObject(current) ? current[name] : undefined;
    if (place !== undefined)
      current = Array.isArray(current) ? (current[Number(place)] as unknown) : undefined;
  }
  return current;
};
