// Reads a moment from the command line: a day, or a day and time.
import { InvalidArgumentError } from 'commander';
import { isoMomentOf } from '#mapping/fields/read-value.ts';

/** ISO 8601, UTC. */
export function parseMoment(text: string): string {
  const iso = isoMomentOf(text);
  if (iso === null)
    throw new InvalidArgumentError('An ISO 8601 day or moment is wanted, such as 2026-11-22.');
  return iso;
}
