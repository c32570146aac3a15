// Every route there is, in one table. What is not here is not answered.
import type { ServiceMetrics } from '../metrics.ts';
import type { Route } from '../route.ts';
import { accountRoutes } from './account-routes.ts';
import { apiKeyRoutes } from './api-key-routes.ts';
import { auditRoutes } from './audit-routes.ts';
import { configurationRoutes } from './configuration-routes.ts';
import { connectingRoutes } from './connecting-routes.ts';
import { icpRoutes } from './icp-routes.ts';
import { keyRoutes } from './key-routes.ts';
import { pageRoutes } from './page-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { ruleRoutes } from './rule-routes.ts';
import { runEventRoutes } from './run-event-routes.ts';
import { runRoutes } from './run-routes.ts';
import { healthRoutes, metricsRoute, openApiRoute } from './service-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { userRoutes } from './user-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';
import { whatIfRoutes } from './what-if-routes.ts';
import { workspaceRoutes } from './workspace-routes.ts';

export interface RouteTableParts {
  readonly metrics: ServiceMetrics;
  readonly isMetricsOpen: boolean;
}

export function routeTable({ metrics, isMetricsOpen }: RouteTableParts): readonly Route[] {
  const routes: readonly Route[] = [
    ...pageRoutes,
    ...healthRoutes,
    metricsRoute(metrics, isMetricsOpen),
    openApiRoute(() => routes),
    ...sessionRoutes,
    ...runRoutes,
    ...runEventRoutes,
    ...accountRoutes,
    ...ruleRoutes,
    ...keyRoutes,
    ...whatIfRoutes,
    ...icpRoutes,
    ...workspaceRoutes,
    ...configurationRoutes,
    ...connectingRoutes,
    ...webhookRoutes,
    ...peopleRoutes,
    ...userRoutes,
    ...apiKeyRoutes,
    ...auditRoutes,
  ];
  return routes;
}
