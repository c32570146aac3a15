import { describe, expect, it } from 'vitest';
import { OutcomeUnknownError } from '#connectors/calls/outcome-unknown.ts';
import {
  ForbiddenCallError,
  LockedRecordsError,
  RefusedCallError,
  toCallError,
  toNetworkError,
} from '#connectors/hubspot/errors.ts';
import { AuthError, BudgetError, RateLimitedError, UnavailableError } from '#errors/errors.ts';

const answer = (status: number, body: unknown = {}, retryAfter: string | null = null) => ({
  status,
  body,
  retryAfter,
});
const translate = (...parts: Parameters<typeof answer>) => toCallError('hs', 'POST /x', answer(...parts));

const waitOf = (error: unknown): number | null | undefined =>
  error instanceof RateLimitedError ? error.retryAfterMs : undefined;

describe('toCallError', () => {
  it('takes a 401 for dead credentials and says what to do', () => {
    const error = translate(401, { category: 'EXPIRED_AUTHENTICATION' });
    expect(error).toBeInstanceOf(AuthError);
    expect(error.next).toMatch(/service key/);
  });

  it('lists the scopes of a 403 word for word', () => {
    const error = translate(403, {
      category: 'MISSING_SCOPES',
      errors: [{ context: { requiredGranularScopes: ['crm.objects.deals.read'] } }],
    });
    expect(error).toBeInstanceOf(ForbiddenCallError);
    expect(error.message).toContain('crm.objects.deals.read');
    expect(error.next).toContain('crm.objects.deals.read');
  });

  it.each([
    ['SECONDLY', 1_000],
    ['TEN_SECONDLY_ROLLING', 10_000],
    ['SOMETHING_NEW', 10_000],
  ])('waits out a 429 of the policy %s for %d ms', (policyName, waitMs) => {
    expect(waitOf(translate(429, { policyName }))).toBe(waitMs);
  });

  it('believes a Retry-After over its own idea', () => {
    expect(waitOf(translate(429, { policyName: 'SECONDLY' }, '7'))).toBe(7_000);
    expect(waitOf(translate(429, { policyName: 'SECONDLY' }, 'soon'))).toBe(1_000);
  });

  it('stops for the day at the daily limit instead of repeating', () => {
    const error = translate(429, { policyName: 'DAILY' });
    expect(error).toBeInstanceOf(BudgetError);
    expect(error.exitCode).toBe(7);
  });

  it('waits at least two seconds for locked records', () => {
    const error = translate(423);
    expect(error).toBeInstanceOf(LockedRecordsError);
    expect(waitOf(error)).toBeGreaterThanOrEqual(2_000);
  });

  it('parks a portal that is being moved for as long as it asks', () => {
    expect(waitOf(translate(477, {}, '86400'))).toBe(86_400_000);
    expect(waitOf(translate(477))).toBeNull();
  });

  it.each([500, 502, 503, 504, 521, 524])('takes a %d for an unknown outcome', (status) => {
    expect(translate(status)).toBeInstanceOf(OutcomeUnknownError);
  });

  it('keeps the problem of other refusals for those who sent the rows', () => {
    const error = translate(409, { category: 'CONFLICT' });
    expect(error).toBeInstanceOf(RefusedCallError);
    expect(error instanceof RefusedCallError && error.problem.code).toBe('CONFLICT');
  });

  it('repeats nothing that HubSpot quoted', () => {
    const message = 'Contact already exists: ana@example.com, token pat-na1-1234';
    for (const status of [400, 401, 403, 409, 423, 429, 477, 503]) {
      const error = translate(status, { message, category: 'CONFLICT' });
      expect(`${error.message} ${error.next ?? ''}`).not.toMatch(/ana@|pat-/);
    }
  });
});

/** As Node's fetch throws it. */
const failure = (code: string): unknown =>
  new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });

describe('toNetworkError', () => {
  it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])(
    'knows that nothing was sent after %s',
    (code) => {
      const error = toNetworkError('hs', 'POST /x', failure(code));
      expect(error).toBeInstanceOf(UnavailableError);
      expect(error).not.toBeInstanceOf(OutcomeUnknownError);
      expect(error.message).toContain(code);
    },
  );

  it.each(['ECONNRESET', 'UND_ERR_SOCKET', 'UND_ERR_HEADERS_TIMEOUT', 'EPIPE'])(
    'knows nothing of what happened after %s',
    (code) => {
      expect(toNetworkError('hs', 'POST /x', failure(code))).toBeInstanceOf(OutcomeUnknownError);
    },
  );
});
