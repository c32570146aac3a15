// A version's number as it is typed.
import { InvalidArgumentError } from 'commander';

export function parseVersion(text: string): number {
  const number = Number(text);
  if (/^\d{1,15}$/u.test(text) && number >= 1) return number;
  throw new InvalidArgumentError('The number of a version is wanted, as `config list` shows it.');
}

/** 0: before the first. */
export function parseVersionOrNone(text: string): number {
  return text === '0' ? 0 : parseVersion(text);
}
