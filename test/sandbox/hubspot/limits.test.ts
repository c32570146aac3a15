import { describe, expect, it } from 'vitest';
import { type Api, startPortal } from './api-client.ts';

const COMPANIES = '/crm/objects/2026-03/companies';

const statusesOf = async (count: number, call: () => Promise<{ status: number }>): Promise<number[]> => {
  const statuses: number[] = [];
  for (let index = 0; index < count; index += 1) statuses.push((await call()).status);
  return statuses;
};

describe('the ten-second limit', () => {
  it('answers 429 without Retry-After, and lets calls in again as the window moves', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ limits: { tenSecondly: 3 }, now: () => nowMs });
    expect(await statusesOf(3, () => api.get(COMPANIES))).toEqual([200, 200, 200]);
    nowMs += 9_999;
    const refused = await api.get(COMPANIES);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBeNull();
    expect(refused.body).toMatchObject({
      status: 'error',
      message: 'You have reached your ten_secondly_rolling limit.',
      errorType: 'RATE_LIMIT',
      policyName: 'TEN_SECONDLY_ROLLING',
      correlationId: refused.headers.get('x-hubspot-correlation-id'),
    });
    nowMs += 1;
    expect((await api.get(COMPANIES)).status).toBe(200);
  });

  it('is told in headers, with the day’s for a service key', async () => {
    const api = await startPortal({ limits: { tenSecondly: 190, daily: 1000 } });
    await api.get(COMPANIES);
    const { headers } = await api.get(COMPANIES);
    expect(headers.get('x-hubspot-ratelimit-max')).toBe('190');
    expect(headers.get('x-hubspot-ratelimit-remaining')).toBe('188');
    expect(headers.get('x-hubspot-ratelimit-interval-milliseconds')).toBe('10000');
    expect(headers.get('x-hubspot-ratelimit-daily')).toBe('1000');
    expect(headers.get('x-hubspot-ratelimit-daily-remaining')).toBe('998');
  });

  it('is 190 for a service key, and 110 for an OAuth app, which sees no daily headers', async () => {
    const api = await startPortal({ limits: {} });
    const { clientId, clientSecret, refreshToken } = api.sandbox.oauth;
    const response = await fetch(`${api.sandbox.url}/oauth/2026-03/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'refresh_token',
        client_id: clientId,
        client_secret: clientSecret,
        refresh_token: refreshToken,
      }),
    });
    const tokens: unknown = await response.json();
    const token =
      typeof tokens === 'object' && tokens !== null && 'access_token' in tokens
        ? String(tokens.access_token)
        : '';
    const { headers } = await api.as(token).get(COMPANIES);
    expect(headers.get('x-hubspot-ratelimit-max')).toBe('110');
    expect(headers.get('x-hubspot-ratelimit-daily')).toBeNull();
    expect((await api.get(COMPANIES)).headers.get('x-hubspot-ratelimit-max')).toBe('190');
  });
});

const search = (api: Api) => api.post(`${COMPANIES}/search`, {});

describe('the search limit', () => {
  it('is five a second, apart from the ten-second limit, and has no rate-limit headers', async () => {
    let nowMs = Date.UTC(2026, 10, 1);
    const api = await startPortal({ limits: { tenSecondly: 1 }, now: () => nowMs });
    expect(await statusesOf(5, () => search(api))).toEqual([200, 200, 200, 200, 200]);
    const refused = await search(api);
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      message: 'You have reached your secondly limit.',
      policyName: 'SECONDLY',
    });
    for (const name of refused.headers.keys()) expect(name).not.toMatch(/^x-hubspot-ratelimit/u);
    nowMs += 1_000;
    const allowed = await search(api);
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('x-hubspot-rate-limit-exemptions')).toBe('ten-secondly');
    for (const name of allowed.headers.keys()) expect(name).not.toMatch(/^x-hubspot-ratelimit/u);
  });
});

describe('the daily limit', () => {
  it('stops everything until midnight', async () => {
    let nowMs = Date.UTC(2026, 10, 1, 23, 59, 0);
    const api = await startPortal({ limits: { daily: 2 }, now: () => nowMs });
    expect(await statusesOf(2, () => api.get(COMPANIES))).toEqual([200, 200]);
    const refused = await api.post(`${COMPANIES}/search`, {});
    expect(refused.status).toBe(429);
    expect(refused.body).toMatchObject({
      message: 'You have reached your daily limit.',
      policyName: 'DAILY',
    });
    nowMs += 60_000;
    expect((await api.get(COMPANIES)).status).toBe(200);
  });

  it('can be asked for', async () => {
    const api = await startPortal({ limits: { daily: 500 } });
    await api.get(COMPANIES);
    const { body } = await api.get('/account-info/2026-03/api-usage/daily/private-apps');
    expect(body['results']?.['0']).toMatchObject({
      name: 'private-apps-api-calls-daily',
      usageLimit: 500,
      currentUsage: 2,
      fetchStatus: 'SUCCESS',
    });
  });
});
