// Gives each request its id, and when it is over one log line and its metrics: route, status, time and who by id. No path, no
// query, no body: they name accounts and people.
import type { RequestHandler } from 'express';
import { newId } from '#people/secret-text.ts';
import type { Log } from '#ports/log.ts';
import type { ServiceMetrics } from './metrics.ts';
import { beginRequest } from './request-state.ts';

const GIVEN_ID = /^[\w.-]{8,80}$/u;

/** @param trustsProxy a proxy before us may name the request */
export function observeRequests(log: Log, metrics: ServiceMetrics, trustsProxy: boolean): RequestHandler {
  return (request, response, next) => {
    const given = trustsProxy ? (request.get('x-request-id') ?? '') : '';
    const state = beginRequest(response, GIVEN_ID.test(given) ? given : newId('r'));
    response.set('x-request-id', state.requestId);
    const begun = performance.now();
    response.once('close', () => {
      const ms = performance.now() - begun;
      const route = state.route ?? 'none';
      const { method } = request;
      const status = response.writableEnded ? response.statusCode : 499;
      metrics.observe({ method, route, status }, ms);
      const caller = state.caller === null ? null : `${state.caller.kind}:${state.caller.id}`;
      const fields = { requestId: state.requestId, method, route, status, ms: Math.round(ms), caller };
      // Probes come every few seconds and say nothing.
      if (route === '/healthz' || route === '/readyz' || route === '/metrics') log.debug('Request', fields);
      else log.info('Request', fields);
    });
    next();
  };
}
