// How an item that cannot be read is answered: its id, the path of what is wrong, and what would do.
import type { z } from 'zod';

export interface RefusedItem {
  /** null when the item has no readable id. */
  readonly id: string | null;
  readonly error: { readonly path: string; readonly message: string };
}

export function idOf(item: unknown): string | null {
  if (item === null || typeof item !== 'object' || !('id' in item)) return null;
  return typeof item.id === 'string' ? item.id : null;
}

export function describeProblem(error: z.ZodError): RefusedItem['error'] {
  const issue = error.issues[0];
  if (issue === undefined) return { path: '', message: 'not valid' };
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path: pathText([...issue.path, key]), message: `unknown criterion "${key}"` };
  }
  const read = issue.input === undefined ? '' : `; read ${JSON.stringify(issue.input).slice(0, 80)}`;
  return { path: pathText(issue.path), message: `${issue.message}${read}` };
}

/** `events[2].ageDays`; empty for the item itself. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, index) =>
      typeof part === 'number' ? `[${part}]` : `${index === 0 ? '' : '.'}${String(part)}`,
    )
    .join('');
}
