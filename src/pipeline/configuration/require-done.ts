// Turns what a version was refused for into the failure that a person reads: what is wrong, and what to do about it.
import { ConfigError, MappingError } from '#errors/errors.ts';
import type { VersionStatus } from '#ports/configuration.ts';
import type { Approved, Dismissed } from './decide-version.ts';
import type { FileProblem } from './find-problems.ts';
import type { OutdatedFile, Proposed } from './propose-version.ts';

/** A version that was made (in a dry run: would be); null when there is nothing to make. */
export function requireMade(proposed: Proposed): Extract<Proposed, { outcome: 'made' }> | null {
  switch (proposed.outcome) {
    case 'made':
      return proposed;
    case 'same':
      return null;
    case 'invalid':
      throw invalid(proposed.problems, 'Nothing was stored. Correct it and try again.');
    case 'outdated':
      throw new ConfigError(
        ['Somebody was faster; nothing was stored:', ...proposed.files.map(outdatedLine)].join('\n'),
        {
          next: 'See what changed with `tierline config show N`, take it in with `tierline config pull`, and push again.',
        },
      );
    default:
      return proposed satisfies never;
  }
}

export function requireApproved(
  approved: Approved,
  number: number,
): Extract<Approved, { outcome: 'approved' }> {
  switch (approved.outcome) {
    case 'approved':
      return approved;
    case 'not-waiting':
      throw notWaiting(number, approved.status);
    case 'author':
      throw new ConfigError(`Version ${number} is your own: another person has to approve it`, {
        next: `Ask somebody else to look at it: \`tierline config show ${number}\`.`,
      });
    case 'no-person':
      throw new ConfigError(`Version ${number} waits for a person, and an API key is none`, {
        next: 'Sign in as a user, or approve it on the command line.',
      });
    case 'invalid':
      throw invalid(
        approved.problems,
        `Beside what is in force now, version ${number} is not valid. Reject it, and push a corrected one.`,
      );
    default:
      return approved satisfies never;
  }
}

export function requireDismissed(dismissed: Dismissed, number: number): 'rejected' | 'withdrawn' {
  if (dismissed.outcome === 'not-waiting') throw notWaiting(number, dismissed.status);
  return dismissed.outcome;
}

function notWaiting(number: number, status: VersionStatus): ConfigError {
  return new ConfigError(`Version ${number} does not wait: it is ${STATUS_WORDS[status]}`, {
    next: 'See `tierline config list`.',
  });
}

export const STATUS_WORDS: Readonly<Record<VersionStatus, string>> = {
  proposed: 'waiting',
  'in-force': 'in force',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
};

function invalid(problems: readonly FileProblem[], next: string): MappingError {
  return new MappingError(problems.map(({ message }) => message).join('\n'), { next });
}

function outdatedLine({ path, base, inForce }: OutdatedFile): string {
  const rests = base === null ? 'rests on no version' : `rests on version ${base}`;
  const now =
    inForce === null
      ? 'no version of it is in force'
      : `version ${inForce.number} is in force (${inForce.person}: ${inForce.reason})`;
  return `  ${path}: this ${rests}, and ${now}`;
}
