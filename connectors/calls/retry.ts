// Repeats a call that may be repeated: exponential backoff with full jitter, or the pause the vendor asks for.
// It does not know what a call does: only callers know whether a repeat is harmless.
import { BudgetError, InterruptedError, RateLimitedError, TierlineError } from '#errors/errors.ts';
import type { Clock } from '#ports/clock.ts';

export interface RetryPolicy {
  /** Calls in all, the first included. */
  readonly attempts: number;
  /** Upper bound of the first pause; it doubles with every failure. */
  readonly baseMs: number;
  /** No pause of our own is longer. */
  readonly capMs: number;
  /** A pause asked for by the vendor that is longer than this ends the attempts. */
  readonly patienceMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { attempts: 5, baseMs: 500, capMs: 20_000, patienceMs: 120_000 };

export interface RetryParts {
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
  /** Narrows what is repeated; asked only about errors that `isPassing` accepts. */
  readonly canRetry?: (error: TierlineError) => boolean;
  readonly onRetry?: (error: TierlineError, waitMs: number, attempt: number) => void;
}

/** True for failures that may be gone at the next attempt. */
export const isPassing = (error: unknown): error is TierlineError =>
  error instanceof TierlineError &&
  error.retry !== 'never' &&
  !(error instanceof BudgetError) &&
  !(error instanceof InterruptedError);

/** Calls until it succeeds, the error is not a passing one, or the attempts are used up: then throws the last error. */
export const withRetry = async <T>(
  call: (attempt: number) => Promise<T>,
  policy: RetryPolicy,
  parts: RetryParts,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call(attempt);
    } catch (error) {
      if (attempt >= policy.attempts || !isPassing(error)) throw error;
      if (parts.canRetry !== undefined && !parts.canRetry(error)) throw error;
      const waitMs = waitBeforeRetry(error, attempt, policy, parts.random);
      if (waitMs === null) throw error;
      parts.onRetry?.(error, waitMs, attempt);
      await sleepOrStop(parts.clock, waitMs, parts.signal);
    }
  }
};

/** Null: the vendor asks for more patience than we have, or for a person. `attempt` counts from 1. */
export const waitBeforeRetry = (
  error: unknown,
  attempt: number,
  policy: RetryPolicy,
  random: () => number,
): number | null => {
  const spreadMs = random() * Math.min(policy.capMs, policy.baseMs * 2 ** (attempt - 1));
  if (!(error instanceof RateLimitedError)) return Math.round(spreadMs);
  if (error.retryAfterMs === null || error.retryAfterMs > policy.patienceMs) return null;
  // A little more than asked, spread: clients that were told the same moment must not all come back in it.
  return Math.round(error.retryAfterMs + spreadMs);
};

/** Sleeps on the injected clock; an aborted sleep is an interruption. */
export const sleepOrStop = async (
  clock: Clock,
  waitMs: number,
  signal: AbortSignal | undefined,
): Promise<void> => {
  try {
    await clock.sleep(waitMs, signal);
  } catch (error) {
    if (signal?.aborted === true) throw new InterruptedError('stopped while waiting', { cause: error });
    throw error;
  }
};
