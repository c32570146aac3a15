// A connection that fails as a whole becomes one line of the report; the others go on.
import { TierlineError } from '#errors/errors.ts';
import type { Failure } from './sync-report.ts';

export interface ConnectionFailure {
  readonly failure: Failure;
  readonly exitCode: number;
}

/** Bugs are not failures of a connection: what is none of our errors is thrown on. */
export function toConnectionFailure(connection: string, error: unknown): ConnectionFailure {
  if (!(error instanceof TierlineError)) throw error;
  return {
    exitCode: error.exitCode,
    failure: {
      connection,
      object: 'connection',
      id: null,
      field: null,
      code: codeOf(error),
      message: error.message,
      retry: error.retry === 'never' ? 'never' : 'later',
      next: error.next ?? 'Mend what the message says and run the sync again.',
    },
  };
}

/** `AuthError` → `auth` */
function codeOf(error: TierlineError): string {
  return error.name
    .replace(/Error$/u, '')
    .replaceAll(/(?<=[a-z])(?=[A-Z])/gu, '_')
    .toLowerCase();
}
