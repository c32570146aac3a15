// Run ids sort by time and are short enough to type.
import { randomBytes } from 'node:crypto';

/** `20261122-005340-9f3a61`: three bytes, so that a thousand runs of one second hardly ever meet. */
export function newRunId(now: Date): string {
  const moment = now.toISOString().replaceAll(/[-:]/gu, '');
  return `${moment.slice(0, 8)}-${moment.slice(9, 15)}-${randomBytes(3).toString('hex')}`;
}
