// Reads the tier policy: the shipped file, and over it the keys that a workspace's own file sets. Decides no tier.
import { createHash } from 'node:crypto';
import type { Policy } from '#domain/tier/policy.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import {
  type MappingFiles,
  readShipped,
  requireFile,
  shippedMappingFiles,
} from '#mapping/files/mapping-files.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkPolicy } from './check-policy.ts';
import { toMappingError } from './contradiction.ts';
import { overlay } from './overlay.ts';
import { policySchema } from './policy-schema.ts';

const FILE = 'policy.yaml';

/** The policy is frozen and may be shared by every evaluation. */
export function loadPolicy(files: MappingFiles = shippedMappingFiles): Policy {
  const { text, shownPath } = requireFile(files, FILE);
  return parsePolicy(text, shownPath);
}

/** Keys that `text` leaves out keep the shipped value; lists are replaced as a whole. `file` is for messages. */
export function parsePolicy(text: string, file: string): Policy {
  const policy = parseDocument(policySchema, layOverShipped(text, file), file);
  const problems = checkPolicy(policy);
  if (problems.length > 0) throw toMappingError(file, problems);
  return deepFreeze(policy);
}

function layOverShipped(text: string, file: string): unknown {
  const shipped = readShipped(FILE);
  const base = parseYamlText(shipped.text, shipped.shownPath);
  return text === shipped.text ? base : overlay(base, parseYamlText(text, file));
}

/** The hash that a run stores: the same for the same numbers, however the file is laid out. */
export function hashPolicy(policy: Policy): string {
  return createHash('sha256').update(canonicalJson(policy)).digest('hex');
}

function deepFreeze<Value>(value: Value): Value {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    for (const inner of Object.values(value)) deepFreeze(inner);
    Object.freeze(value);
  }
  return value;
}
