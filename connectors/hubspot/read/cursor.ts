// Where the next incremental pull starts: the portal's own time at the start of this one, less the lag of its search index.
// A change made just before a pull may show in search only after it; so the last minute is always read twice. That holds
// after a pull by list too, because the next pull is a search.
import { ContractError } from '#errors/errors.ts';
import type { Portal } from '../call/portal.ts';

/** `startedAt`: our clock before the first call; `answeredAt`: the portal's at its first answer, when it told. */
export function nextCursor(
  portal: Portal,
  startedAt: Date,
  answeredAt: Date | null,
  previous: string | null,
): string {
  const { searchLagMs, clockSkewMs } = portal.timings;
  const fromMs =
    answeredAt === null
      ? startedAt.getTime() - searchLagMs - clockSkewMs
      : answeredAt.getTime() - searchLagMs;
  const cursor = new Date(fromMs).toISOString();
  // Never back beyond what an earlier pull has covered already.
  return previous !== null && previous > cursor ? previous : cursor;
}

export function assertCursor(portal: Portal, cursor: string): void {
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/.test(cursor)) return;
  throw new ContractError(`${portal.connection}: the stored cursor is none of HubSpot's`, {
    next: 'Run `tierline sync --full` once for this connection.',
  });
}
