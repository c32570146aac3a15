// A reason as it is typed: it has to say something.
import { InvalidArgumentError } from 'commander';

export function parseReason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Say why, in a few words.');
  return text.trim();
}
