// Reads the tier policy: the shipped file, and over it the keys that a workspace's own file sets. Decides no tier.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Policy } from '#domain/tier/policy.ts';
import { parseDocument, parseYamlText } from '#mapping/document/parse-document.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkPolicy } from './check-policy.ts';
import { toMappingError } from './contradiction.ts';
import { overlay } from './overlay.ts';
import { policySchema } from './policy-schema.ts';

const SHIPPED_FILE = fileURLToPath(new URL('../../../mappings/policy.yaml', import.meta.url));

/** `folder` is the workspace's mappings folder, or null. The policy is frozen and may be shared by every evaluation. */
export function loadPolicy(folder: string | null = null): Policy {
  const own = folder === null ? null : join(folder, 'policy.yaml');
  return own !== null && existsSync(own)
    ? parsePolicy(readFileSync(own, 'utf8'), own)
    : parsePolicy('', SHIPPED_FILE);
}

/** Keys that `text` leaves out keep the shipped value; lists are replaced as a whole. `file` is for messages. */
export function parsePolicy(text: string, file: string): Policy {
  const shipped = parseYamlText(readFileSync(SHIPPED_FILE, 'utf8'), SHIPPED_FILE);
  const policy = parseDocument(policySchema, overlay(shipped, parseYamlText(text, file)), file);
  const problems = checkPolicy(policy);
  if (problems.length > 0) throw toMappingError(file, problems);
  return deepFreeze(policy);
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
