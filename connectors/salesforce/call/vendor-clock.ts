// Reads the CRM's own clock from the Date header of its answers. Seconds are all it tells.

export interface CrmWindow {
  /** ISO 8601 UTC. The CRM's clock was not before this when the call reached it … */
  readonly from: string;
  /** … and not after this when it answered. */
  readonly to: string;
}

const SECOND_MS = 1000;

/**
 * The stretch of the CRM's clock in which a call was worked on. The header names the second that had begun when the
 * answer was written; the time the call took is a difference of our clock, never its reading. Null without a header.
 */
export const windowOf = (dateHeader: string | undefined, tookMs: number): CrmWindow | null => {
  const answeredMs = Date.parse(dateHeader ?? '');
  if (Number.isNaN(answeredMs)) return null;
  const fromMs = Math.floor((answeredMs - tookMs) / SECOND_MS) * SECOND_MS;
  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(answeredMs + SECOND_MS - 1).toISOString(),
  };
};
