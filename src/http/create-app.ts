// The Express application: what every request goes through, the route table, and what answers when nothing fits or all fails.
import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Log } from '#ports/log.ts';
import { refuse } from './answer/refusal.ts';
import { refusalOfError } from './answer/refusal-of-error.ts';
import { sendProblem } from './answer/send-problem.ts';
import { handlersOf, type RouteContext } from './carry-out.ts';
import { createLimiters } from './limit-requests.ts';
import { createMetrics } from './metrics.ts';
import { observeRequests } from './observe-requests.ts';
import { stateOf } from './request-state.ts';
import { routeTable } from './routes/route-table.ts';
import type { ServiceWiring } from './service-parts.ts';

/** @param stopping aborts when the service stops: event streams end, others are answered */
export function createApp(wiring: ServiceWiring, stopping: AbortSignal): Express {
  const { settings, log } = wiring;
  const limiters = createLimiters(settings.limits);
  const metrics = createMetrics(wiring.queue);
  const context: RouteContext = { wiring, limiters, stopping, streams: { open: 0 } };
  const routes = routeTable({ metrics, isMetricsOpen: settings.metrics === 'open' });

  const app = express();
  app.set('trust proxy', settings.trustProxy);
  app.set('query parser', 'simple');
  app.disable('etag');
  app.use(observeRequests(log, metrics, settings.trustProxy > 0));
  app.use(safeHeaders(settings.publicUrl?.startsWith('https:') ?? false));
  app.use(limiters.perAddress);
  app.use((_request, response, next) => {
    // Answers hold names and tiers: no cache keeps them.
    response.set('cache-control', 'no-store');
    next();
  });
  for (const route of routes) app[route.method](route.path, ...handlersOf(route, context));
  for (const path of new Set(routes.map((route) => route.path))) {
    const methods = routes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
    app.all(path, (request, response) => {
      stateOf(response).route = path;
      const allow = methods.join(', ');
      const detail = `${request.method} is not answered here; ${allow} is.`;
      sendProblem(
        response,
        refuse('method-not-allowed', detail, { headers: { allow } }),
        stateOf(response).requestId,
      );
    });
  }
  app.use((_request, response) => {
    const next = 'What there is stands in /api/openapi.json.';
    sendProblem(
      response,
      refuse('not-found', 'There is nothing here.', { next }),
      stateOf(response).requestId,
    );
  });
  app.use(answerFailure(log));
  return app;
}

function safeHeaders(isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // A name that is reached without TLS must not be locked out of itself.
    strictTransportSecurity: isSecure,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

function answerFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    const { requestId, route } = stateOf(response);
    const refusal = refusalOfError(error);
    if (refusal === null) {
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      log.error('A request failed in a way nobody foresaw', { requestId, route, reason });
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const shown =
      refusal ??
      refuse('internal', 'This is a bug in Tierline.', {
        next: 'Report it with the request id; the log holds the rest.',
      });
    sendProblem(response, shown, requestId);
  };
}
