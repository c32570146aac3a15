// Who is at the keyboard, as the operating system knows them: the author of what commands change.
import { userInfo } from 'node:os';
import type { Author } from '#ports/audit.ts';

export function commandLineAuthor(): Author {
  return { kind: 'command-line', id: systemUser(), requestId: null };
}

/** A container may run under a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
