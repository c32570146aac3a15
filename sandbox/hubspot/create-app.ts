// Puts the API's parts together in the order in which HubSpot's own edge looks at a request:
// network faults, length, token, limits, scopes, body, route.
import express, { type Express, type RequestHandler, Router } from 'express';
import { createControlRouter } from '#sandbox/control/create-control-router.ts';
import type { CallLog } from '#sandbox/http/call-log.ts';
import type { Faults } from '#sandbox/http/faults.ts';
import { createAccountRoutes } from './account/account-routes.ts';
import { answerErrors, answerUnknownPath } from './answers/answer-errors.ts';
import { isDatedVersion } from './answers/api-version.ts';
import { parseJsonBodies } from './answers/body-parser.ts';
import { correlate } from './answers/correlation.ts';
import { readParameter } from './answers/read-request.ts';
import { createAssociationRoutes } from './associations/batch-routes.ts';
import { addRecordAssociationRoutes } from './associations/record-routes.ts';
import { authenticate, authorize } from './auth/authenticate.ts';
import { createAuthorizationCodes, createConsentPage } from './auth/consent-page.ts';
import type { Credentials } from './auth/credentials.ts';
import { createOAuthRoutes } from './auth/oauth-routes.ts';
import { createDailyBudget } from './limits/daily-budget.ts';
import { type CallLimits, limitCalls } from './limits/limit-calls.ts';
import { limitUrlLength } from './limits/limit-url-length.ts';
import { addBatchRoutes } from './objects/batch-routes.ts';
import { addListRoute } from './objects/list-route.ts';
import { addSingleRoutes } from './objects/single-routes.ts';
import { versionOf } from './objects/version-of.ts';
import { createOwnerRoutes } from './owners/owner-routes.ts';
import { createPipelineRoutes } from './pipelines/pipeline-routes.ts';
import type { HubspotPortal } from './portal/portal-handle.ts';
import type { PortalState } from './portal/portal-state.ts';
import { createPropertyRoutes } from './properties/property-routes.ts';
import { addSearchRoute } from './search/search-route.ts';

export interface AppParts {
  readonly portal: PortalState;
  readonly handle: HubspotPortal;
  readonly credentials: Credentials;
  readonly scopes: ReadonlySet<string>;
  readonly rotatesRefreshTokens: boolean;
  readonly limits: CallLimits & { readonly daily: number };
  readonly latencyMs: number;
  readonly faults: Faults;
  readonly calls: CallLog;
}

export const createApp = ({
  portal,
  handle,
  credentials,
  scopes,
  rotatesRefreshTokens,
  limits,
  latencyMs,
  faults,
  calls,
}: AppParts): Express => {
  const app = express();
  const daily = createDailyBudget(limits.daily);
  app.disable('x-powered-by');
  app.disable('etag');

  app.use('/_sandbox', createControlRouter({ ...handle, faults, calls }));
  app.use(correlate, calls.middleware, delay(latencyMs), faults.middleware, limitUrlLength);

  const codes = createAuthorizationCodes();
  app.use(createConsentPage(() => credentials.app, codes));
  const oauth = createOAuthRoutes({
    credentials,
    codes,
    portalId: portal.id,
    scopes,
    now: portal.now,
    rotates: rotatesRefreshTokens,
  });
  app.use(['/oauth/v1', '/oauth/v3'], oauth);
  app.use('/oauth/:version', onlyDated, oauth);

  app.use(authenticate(credentials, portal.now), limitCalls(limits, daily, portal.id, portal.now));
  app.use(authorize(scopes), parseJsonBodies());

  mount(app, 'objects', ['v3'], createObjectRoutes(portal));
  const v4Objects = Router();
  addRecordAssociationRoutes(v4Objects, portal, () => 'v4');
  app.use('/crm/v4/objects', v4Objects);
  const associations = createAssociationRoutes(portal);
  // The vendor's client asks for labels under /crm/associations/v4.
  app.use('/crm/associations/v4', associations);
  mount(app, 'associations', ['v4'], associations);
  mount(app, 'properties', ['v3'], createPropertyRoutes(portal));
  mount(app, 'owners', ['v3'], createOwnerRoutes(portal));
  mount(app, 'pipelines', ['v3'], createPipelineRoutes());
  const account = createAccountRoutes(portal, daily);
  app.use('/account-info/v3', account);
  app.use('/account-info/:version', onlyDated, account);

  app.use(answerUnknownPath, answerErrors);
  return app;
};

/** `/crm/objects/2026-03` and `/crm/v3/objects` lead to the same routes. */
const mount = (app: Express, area: string, legacy: readonly string[], router: Router): void => {
  for (const version of legacy) app.use(`/crm/${version}/${area}`, router);
  app.use(`/crm/${area}/:version`, onlyDated, router);
};

const createObjectRoutes = (portal: PortalState): Router => {
  const router = Router({ mergeParams: true });
  addBatchRoutes(router, portal);
  addSearchRoute(router, portal);
  addListRoute(router, portal);
  addSingleRoutes(router, portal);
  addRecordAssociationRoutes(router, portal, versionOf);
  return router;
};

const onlyDated: RequestHandler = (request, response, next) => {
  if (isDatedVersion(readParameter(request, 'version'))) next();
  else answerUnknownPath(request, response, next);
};

const delay =
  (latencyMs: number): RequestHandler =>
  (_request, _response, next) => {
    if (latencyMs === 0) next();
    else setTimeout(next, latencyMs);
  };
