// Answers Salesforce gives on a bad day, ready to be injected: `sandbox.faults.inject({ fault: serverUnavailable() })`.
import type { Fault } from '#sandbox/http/faults.ts';

const answer = (status: number, errorCode: string, message: string): Fault => ({
  kind: 'status',
  status,
  body: [{ message, errorCode }],
});

export const serverUnavailable = (): Fault =>
  answer(503, 'SERVER_UNAVAILABLE', 'We are down for maintenance. Please try again in a few minutes.');

/** The org's calls of the day are used up: stop until the window rolls. */
export const dailyLimitExceeded = (): Fault =>
  answer(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');

/** Too many long calls at once: back off and try again. */
export const concurrentLimitExceeded = (): Fault =>
  answer(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');

export const tooManyRequests = (retryAfterSeconds: number): Fault => ({
  kind: 'status',
  status: 429,
  body: [{ message: 'Too many requests', errorCode: 'REQUEST_LIMIT_EXCEEDED' }],
  headers: { 'Retry-After': String(retryAfterSeconds) },
});

export const sessionExpired = (): Fault => answer(401, 'INVALID_SESSION_ID', 'Session expired or invalid');

export const unableToLockRow = (id = '001000000000000AAA'): Fault =>
  answer(400, 'UNABLE_TO_LOCK_ROW', `unable to obtain exclusive access to this record or 1 records: ${id}`);

export const queryTimeout = (): Fault =>
  answer(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.');

/** A login or maintenance page where JSON was asked for, with the status of a success. */
export const htmlInsteadOfJson = (): Fault => ({
  kind: 'status',
  status: 200,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: '<!DOCTYPE html><html><head><title>Scheduled Maintenance</title></head><body>We will be back.</body></html>',
});
