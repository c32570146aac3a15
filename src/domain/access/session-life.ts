// How long a session lives: so long unused, and so long in all. Knows moments, no cookies.

export const IDLE_MS = 8 * 3_600_000;
/** A week of work days, then people show again who they are. */
export const ABSOLUTE_MS = 7 * 24 * 3_600_000;
/** A session in use is noted as seen at most this often: one write a minute, not one a request. */
export const NOTE_EVERY_MS = 60_000;

export interface SessionTimes {
  /** ISO moments. */
  readonly createdAt: string;
  readonly seenAt: string;
}

export function isSessionAlive({ createdAt, seenAt }: SessionTimes, now: Date): boolean {
  const at = now.getTime();
  return at - Date.parse(seenAt) < IDLE_MS && at - Date.parse(createdAt) < ABSOLUTE_MS;
}
