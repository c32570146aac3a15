// Decides whether a job that failed is tried again, and when. The class of the error is the decision; this is its only reader.
import { BudgetError, RateLimitedError, TierlineError } from '#errors/errors.ts';

export type RetryDecision = { readonly again: true; readonly afterMs: number } | { readonly again: false };

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Half a minute, then twice as long each time: a vendor's outage of up to two hours is outlasted. */
const FIRST_WAIT_MS = 30 * SECOND;
const MOST_TRIES = 9;
/** A day's allowance frees hour by hour (Salesforce counts the last 24 hours) or at midnight (HubSpot). */
const BUDGET_WAIT_MS = HOUR;
const MOST_BUDGET_TRIES = 25;
/** Nobody is kept waiting longer by a CRM's own "not before". */
const LONGEST_WAIT_MS = 24 * HOUR;

/** @param tries how often it was tried, this time included */
export function decideRetry(error: unknown, tries: number): RetryDecision {
  if (error instanceof BudgetError || (error instanceof RateLimitedError && error.retryAfterMs === null)) {
    return tries < MOST_BUDGET_TRIES ? { again: true, afterMs: BUDGET_WAIT_MS } : { again: false };
  }
  const passes = error instanceof TierlineError ? error.retry !== 'never' : isConnectionLoss(error);
  if (!passes || tries >= MOST_TRIES) return { again: false };
  const backoffMs = FIRST_WAIT_MS * 2 ** (tries - 1);
  const askedMs = error instanceof RateLimitedError ? (error.retryAfterMs ?? 0) : 0;
  return { again: true, afterMs: Math.min(Math.max(backoffMs, askedMs), LONGEST_WAIT_MS) };
}

/**
 * Our own database or Redis went away under the job. Their drivers throw errors of their own, told by the network's code or
 * by PostgreSQL's class: 08 connection, 57P admin shutdown, crash, starting up, 53300 too many connections.
 */
export function isConnectionLoss(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (/^(?:ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08\w{3}|57P0\d|53300)$/u.test(code))
    return true;
  return /^Connection (?:terminated|is closed|ended)|^Client has encountered a connection error|timeout exceeded when trying to connect/u.test(
    error.message,
  );
}
