// Options that count something.
import { InvalidArgumentError } from 'commander';

export function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1)
    throw new InvalidArgumentError('A whole number from 1 is wanted.');
  return count;
}

/** For what may be none: a limit, a port that the system chooses, no delay. */
export function parseCountOrNone(text: string): number {
  const count = Number(text);
  if (!Number.isSafeInteger(count) || count < 0)
    throw new InvalidArgumentError('A whole number from 0 is wanted.');
  return count;
}
