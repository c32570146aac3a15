// Ready-made faults for `faults.inject`: HubSpot's documented failures with their bodies.
import type { Fault } from '#sandbox/http/faults.ts';
import { type LimitPolicy, limitBody } from './limits/limit-bodies.ts';

const CORRELATION_ID = '00000000-0000-0000-0000-000000000000';

const failure = (
  status: number,
  category: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Fault => ({
  kind: 'status',
  status,
  headers: { ...headers },
  body: { status: 'error', message, correlationId: CORRELATION_ID, category },
});

/** A 429 of one of the three policies. */
export const rateLimitedFault = (policy: LimitPolicy, portalId = 1): Fault => ({
  kind: 'status',
  status: 429,
  body: limitBody(policy, portalId, CORRELATION_ID),
});

/** 423: many writes at once; the lock lasts two seconds. */
export const lockedFault = (): Fault =>
  failure(423, 'LOCKED', 'The resource is locked by another request; try again in 2 seconds.');

/** 477: the account moves between data centres, for up to a day. */
export const migrationFault = (retryAfterSeconds: number): Fault =>
  failure(477, 'MIGRATION_IN_PROGRESS', 'This account is being migrated between data hosting locations.', {
    'retry-after': String(retryAfterSeconds),
  });

export const unavailableFault = (status: 500 | 502 | 503 | 504 = 503): Fault =>
  failure(status, 'SERVICE_UNAVAILABLE', 'HubSpot is temporarily unavailable.');

export const expiredTokenFault = (secondsAgo = 75): Fault =>
  failure(
    401,
    'EXPIRED_AUTHENTICATION',
    `The OAuth token used to make this call expired ${secondsAgo} second(s) ago.`,
  );

/** A page of HTML with status 200, as a proxy in between may answer. */
export const proxyPageFault = (): Fault => ({
  kind: 'status',
  status: 200,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Sign in to the network.</body></html>',
});
