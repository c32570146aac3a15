// Whether one more guess of a password is let through. Counts guesses by account and address together, so that nobody can lock
// another person out from elsewhere; the account as a whole is closed only to addresses from which its owner never signed in.

/** Guesses that failed or are under way, the present one included. */
export interface AttemptCounts {
  /** At this account from this address within `PAIR_WINDOW_MS`. */
  readonly fromHere: number;
  /** At this account from all addresses within `ACCOUNT_WINDOW_MS`. */
  readonly fromAnywhere: number;
  /** The owner signed in from this address before. */
  readonly knownAddress: boolean;
}

export const PAIR_WINDOW_MS = 15 * 60_000;
export const ACCOUNT_WINDOW_MS = 60 * 60_000;

/** More than a person's slips (NIST SP 800-63B asks for at most 100 in a row), fewer than a list of common passwords. */
const GUESSES_FROM_HERE = 10;
/** A botnet's share: many addresses, each with a few guesses. */
const GUESSES_FROM_ANYWHERE = 100;

/** Null: try it. Else after how many milliseconds to come back. */
export function judgeAttempt(counts: AttemptCounts): number | null {
  if (counts.fromHere > GUESSES_FROM_HERE) return PAIR_WINDOW_MS;
  if (!counts.knownAddress && counts.fromAnywhere > GUESSES_FROM_ANYWHERE) return ACCOUNT_WINDOW_MS;
  return null;
}
