// Says what a call counts as in a call budget: reads and writes of records, and everything else.
import type { CallKind } from '#sandbox/http/call-log.ts';
import { isRead } from './auth/scopes.ts';

const RECORDS = /^\/crm\/(?:objects|associations|v[34]\/(?:objects|associations))\//u;

/** Definitions, owners, limits and tokens are not counted as either. */
export const classifyCall = ({
  method,
  path,
}: {
  readonly method: string;
  readonly path: string;
}): CallKind => {
  if (!RECORDS.test(path) || path.endsWith('/labels')) return 'other';
  return isRead(method, path) || path.endsWith('/search') ? 'read' : 'write';
};
