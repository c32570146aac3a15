// Names everything that the matcher's memory hangs on beside the records: how names are compared, and by which lists.
import { createHash } from 'node:crypto';
import type { KeyRules } from '#domain/key/key-rules.ts';

/** Changes when the same records could be grouped otherwise: then every key is looked at again. */
export const MATCHER_VERSION = 'matcher-3';

export function memoryVersion(rules: KeyRules): string {
  const lists = JSON.stringify(rules, (_, value: unknown) =>
    value instanceof Map || value instanceof Set ? [...value] : value,
  );
  return `${MATCHER_VERSION} ${createHash('sha256').update(lists).digest('hex')}`;
}
