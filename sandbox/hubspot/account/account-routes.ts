// /account-info/{version}: what the account is, and how many calls it has made today.
import { Router } from 'express';
import type { DailyBudget } from '#sandbox/hubspot/limits/daily-budget.ts';
import type { PortalState } from '#sandbox/hubspot/portal/portal-state.ts';
import { formatTimestamp } from '#sandbox/hubspot/properties/stored-value.ts';

export const createAccountRoutes = (portal: PortalState, daily: DailyBudget): Router => {
  const router = Router({ mergeParams: true });

  router.get('/details', (_request, response) => {
    response.json({
      portalId: portal.id,
      accountType: 'DEVELOPER_TEST',
      timeZone: 'UTC',
      companyCurrency: 'USD',
      additionalCurrencies: ['EUR', 'GBP', 'JPY', 'KRW'],
      utcOffset: '+00:00',
      utcOffsetMilliseconds: 0,
      uiDomain: 'app.hubspot.com',
      dataHostingLocation: 'na1',
    });
  });

  router.get('/api-usage/daily/private-apps', (_request, response) => {
    const nowMs = portal.now();
    response.json({
      results: [
        {
          name: 'private-apps-api-calls-daily',
          usageLimit: daily.limit,
          currentUsage: daily.usedAt(nowMs),
          collectedAt: formatTimestamp(nowMs),
          fetchStatus: 'SUCCESS',
          resetsAt: formatTimestamp(daily.resetsAtMs(nowMs)),
        },
      ],
    });
  });

  return router;
};
