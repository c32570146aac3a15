import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AuthError,
  BudgetError,
  ConfigError,
  ContractError,
  MappingError,
  RateLimitedError,
  UnavailableError,
  UsageError,
} from '#errors/errors.ts';
import { decideRetry } from '#jobs/decide-retry.ts';
import { pollIntervalMs } from '#jobs/handlers/poll-pace.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('decideRetry', () => {
  it.each([
    ['a wrong file', new MappingError('x')],
    ['a wrong setting', new ConfigError('x')],
    ['a refused login', new AuthError('x')],
    ['an answer its vendor forbids', new ContractError('x')],
    ['a request that means nothing', new UsageError('x')],
    ['a bug', new TypeError('x is not a function')],
    ['something that is no error', 'x'],
  ])('never tries %s again', (_what, error) => {
    expect(decideRetry(error, 1)).toEqual({ again: false });
  });

  it('waits twice as long after each try of what passes, and gives up in the end', () => {
    const waits = [1, 2, 3, 8].map((tries) => decideRetry(new UnavailableError('x'), tries));
    expect(waits).toEqual(
      [30_000, 60_000, 120_000, 64 * MINUTE].map((afterMs) => ({ again: true, afterMs })),
    );
    expect(decideRetry(new UnavailableError('x'), 9)).toEqual({ again: false });
  });

  it('waits at least as long as the CRM asks for', () => {
    assert(
      property(integer({ min: 0, max: 24 * HOUR }), integer({ min: 1, max: 8 }), (askedMs, tries) => {
        const decision = decideRetry(new RateLimitedError('x', askedMs), tries);
        expect(decision.again && decision.afterMs >= askedMs).toBe(true);
      }),
    );
  });

  it('looks each hour of a day whether the allowance is free again', () => {
    for (const error of [new BudgetError('x'), new RateLimitedError('x', null)]) {
      expect(decideRetry(error, 1)).toEqual({ again: true, afterMs: HOUR });
      expect(decideRetry(error, 24)).toEqual({ again: true, afterMs: HOUR });
      expect(decideRetry(error, 25)).toEqual({ again: false });
    }
  });

  it.each(['ECONNRESET', 'ECONNREFUSED', '57P01', '08006', '53300'])(
    'takes a lost line to our own server (%s) for something that passes',
    (code) => {
      expect(decideRetry(Object.assign(new Error('gone'), { code }), 1)).toMatchObject({ again: true });
    },
  );

  it('takes a statement that the database refuses for a bug', () => {
    expect(decideRetry(Object.assign(new Error('no such column'), { code: '42703' }), 1)).toEqual({
      again: false,
    });
  });
});

describe('pollIntervalMs', () => {
  it('lets looks take at most a tenth of the calls of a day', () => {
    assert(
      property(integer({ min: 1, max: 6 }), integer({ min: 1_000, max: 5_000_000 }), (objects, limit) => {
        const looksADay = (24 * HOUR) / pollIntervalMs(objects, limit);
        expect(looksADay * objects).toBeLessThanOrEqual(limit * 0.1 + 1);
      }),
    );
  });

  it('is under a minute where a hundred thousand calls are allowed, and some minutes for 15,000', () => {
    expect(pollIntervalMs(6, 100_000)).toBeLessThan(MINUTE);
    expect(pollIntervalMs(6, 15_000)).toBeGreaterThan(5 * MINUTE);
    expect(pollIntervalMs(6, null)).toBe(0);
  });
});
