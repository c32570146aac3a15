// Refuses calls that come too fast, by HubSpot's three rules: ten seconds per app, one second for search, the day.
import type { RequestHandler, Response } from 'express';
import { correlationIdOf } from '#sandbox/hubspot/answers/correlation.ts';
import { credentialOf } from '#sandbox/hubspot/auth/authenticate.ts';
import type { DailyBudget } from './daily-budget.ts';
import { type LimitPolicy, limitBody } from './limit-bodies.ts';
import { createRollingWindow } from './rolling-window.ts';

export interface CallLimits {
  /** Calls in ten seconds, for the service key and for the OAuth app. */
  readonly tenSecondly: { readonly serviceKey: number; readonly oauth: number };
  readonly searchPerSecond: number;
}

const TEN_SECONDS_MS = 10_000;
const SEARCH_WINDOW_MS = 1_000;

export const limitCalls = (
  limits: CallLimits,
  daily: DailyBudget,
  portalId: number,
  now: () => number,
): RequestHandler => {
  const bursts = {
    'service-key': {
      limit: limits.tenSecondly.serviceKey,
      window: createRollingWindow(limits.tenSecondly.serviceKey, TEN_SECONDS_MS),
    },
    oauth: {
      limit: limits.tenSecondly.oauth,
      window: createRollingWindow(limits.tenSecondly.oauth, TEN_SECONDS_MS),
    },
  };
  // One bucket for the account, however many apps search.
  const searches = createRollingWindow(limits.searchPerSecond, SEARCH_WINDOW_MS);

  return (request, response, next) => {
    const kind = credentialOf(response)?.kind ?? 'service-key';
    const nowMs = now();
    const refuse = (policy: LimitPolicy): void => {
      response.status(429).json(limitBody(policy, portalId, correlationIdOf(response)));
    };

    if (daily.usedAt(nowMs) >= daily.limit) {
      refuse('DAILY');
      return;
    }
    if (request.method === 'POST' && request.path.endsWith('/search')) {
      // Search answers carry no rate-limit headers at all.
      if (!searches.take(nowMs).taken) {
        refuse('SECONDLY');
        return;
      }
      daily.take(nowMs);
      response.setHeader('x-hubspot-rate-limit-exemptions', 'ten-secondly');
      next();
      return;
    }
    const { limit, window } = bursts[kind];
    const { taken, remaining } = window.take(nowMs);
    if (taken) daily.take(nowMs);
    setHeaders(response, limit, remaining);
    if (kind === 'service-key') setDailyHeaders(response, daily, nowMs);
    if (!taken) {
      refuse('TEN_SECONDLY_ROLLING');
      return;
    }
    next();
  };
};

const setHeaders = (response: Response, limit: number, remaining: number): void => {
  response.setHeader('X-HubSpot-RateLimit-Max', String(limit));
  response.setHeader('X-HubSpot-RateLimit-Remaining', String(remaining));
  response.setHeader('X-HubSpot-RateLimit-Interval-Milliseconds', String(TEN_SECONDS_MS));
};

const setDailyHeaders = (response: Response, daily: DailyBudget, nowMs: number): void => {
  response.setHeader('X-HubSpot-RateLimit-Daily', String(daily.limit));
  response.setHeader('X-HubSpot-RateLimit-Daily-Remaining', String(daily.limit - daily.usedAt(nowMs)));
};
