// The one family of failures that are thrown. The class is the retry decision; the job worker is its only reader.
// Expected outcomes (a refused change, a rejected row, an uncertain match) are values, never thrown.

export interface TierlineErrorOptions {
  readonly cause?: unknown;
  /** What the reader of the message should do next, one sentence. */
  readonly next?: string;
}

export abstract class TierlineError extends Error {
  /** `never`: the same call fails again. `after`: wait `retryAfterMs`. `later`: try again with backoff. */
  abstract readonly retry: 'never' | 'after' | 'later';
  /** The process exit code of the contract, section 3. */
  abstract readonly exitCode: number;
  readonly next: string | undefined;

  constructor(message: string, options: TierlineErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.next = options.next;
  }
}

/** The command line cannot mean anything: an unknown flag, several accounts of that name. */
export class UsageError extends TierlineError {
  override readonly retry = 'never';
  override readonly exitCode = 2;
}

/** What was named is not there: a run, an account, a user. */
export class NotFoundError extends UsageError {}

/** The workspace, the environment or the CRM's schema does not fit; a person has to change something. */
export class ConfigError extends TierlineError {
  override readonly retry = 'never';
  override readonly exitCode = 5;
}

/** A mapping, policy, ICP, program or role file is wrong: names file, path, what was read, what would do. */
export class MappingError extends ConfigError {}

/** The CRM does not accept who we say we are. */
export class AuthError extends TierlineError {
  override readonly retry = 'never';
  override readonly exitCode = 4;
}

/** The CRM asks us to wait; `retryAfterMs` null means until a person or a new day frees the allowance. */
export class RateLimitedError extends TierlineError {
  override readonly retry = 'after';
  override readonly exitCode = 1;
  readonly retryAfterMs: number | null;

  constructor(message: string, retryAfterMs: number | null, options: TierlineErrorOptions = {}) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** The share of the CRM's daily calls that we may use is used up; what is stored is kept and the next run goes on. */
export class BudgetError extends TierlineError {
  override readonly retry = 'later';
  override readonly exitCode = 7;
}

/** The other side does not answer: network, 5xx, time-out. */
export class UnavailableError extends TierlineError {
  override readonly retry = 'later';
  override readonly exitCode = 1;
}

/** The vendor answered what its own documentation forbids: a bug on one of the two sides. */
export class ContractError extends TierlineError {
  override readonly retry = 'never';
  override readonly exitCode = 1;
}

/** Another run holds the workspace's one run lock: nothing is wrong, and it will be free. */
export class RunInProgressError extends TierlineError {
  override readonly retry = 'later';
  override readonly exitCode = 5;
}

/** A person stopped the command; what was finished is stored. */
export class InterruptedError extends TierlineError {
  override readonly retry = 'later';
  override readonly exitCode = 130;
}
