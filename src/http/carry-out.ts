// One request through one route: who, may they, what do they want, do it, answer. The order matters: nobody's body is read
// before it is known that they may send one.
import express, { type Request, type RequestHandler, type Response } from 'express';
import { authorize } from './access/authorize.ts';
import { type CookieJar, openCookies } from './access/cookies.ts';
import { identifyCaller } from './access/identify-caller.ts';
import { Refusal, refuse } from './answer/refusal.ts';
import { BODY_LIMITS } from './answer/request-limits.ts';
import { sendProblem } from './answer/send-problem.ts';
import { streamEvents } from './answer/stream-events.ts';
import type { Limiters } from './limit-requests.ts';
import { type ParsedRequest, parseRequest, refuseContentType } from './parse-request.ts';
import { stateOf } from './request-state.ts';
import type { Call, Route, ServerEvent } from './route.ts';
import type { ServiceParts, ServiceWiring } from './service-parts.ts';

export interface RouteContext {
  readonly wiring: ServiceWiring;
  readonly limiters: Limiters;
  /** Aborts when the service stops. */
  readonly stopping: AbortSignal;
  readonly streams: { open: number };
}

export function handlersOf(route: Route, context: RouteContext): readonly RequestHandler[] {
  const { limiters, wiring } = context;
  const limit = BODY_LIMITS[route.bulk === true ? 'bulk' : 'usual'];
  return [
    (_request, response, next) => {
      stateOf(response).route = route.path;
      next();
    },
    ...(route.signsIn === true ? [limiters.signIns] : []),
    async (request, response, next) => {
      const cookies = cookiesOf(request, response, wiring);
      stateOf(response).caller = await identifyCaller(wiring.people, request.get('authorization'), cookies);
      next();
    },
    limiters.perCaller,
    (request, response, next) => {
      const refusal =
        authorize({
          route,
          caller: stateOf(response).caller,
          csrfToken: request.get('x-csrf-token'),
          fetchSite: request.get('sec-fetch-site'),
          originHeader: request.get('origin'),
          ownOrigin: originOf(request, wiring),
        }) ?? refuseContentType(route, request);
      if (refusal === null) next();
      else sendProblem(response, refusal, stateOf(response).requestId);
    },
    ...(route.body === undefined ? [] : [express.json({ limit })]),
    ...(route.rawBody === true ? [express.raw({ limit, type: () => true })] : []),
    (request, response) => answer(route, context, request, response),
  ];
}

async function answer(
  route: Route,
  context: RouteContext,
  request: Request,
  response: Response,
): Promise<void> {
  const { requestId } = stateOf(response);
  const parsed = parseRequest(route, request);
  if (parsed instanceof Refusal) return sendProblem(response, parsed, requestId);
  const { wiring } = context;
  // What anyone may ask rests on no rules: health is told while files and database are looked at in vain.
  const session = route.role === 'anyone' ? wiring.session.latest : await wiring.session.current();
  const parts: ServiceParts = { ...wiring, session };
  const result = await route.handle(callOf(route, parts, context.stopping, request, response, parsed));
  if (result instanceof Refusal) return sendProblem(response, result, requestId);
  switch (route.answer.kind) {
    case 'json':
      if (route.answer.status === 204) response.status(204).end();
      else response.status(route.answer.status).json(result);
      return undefined;
    case 'text':
      response.type(route.answer.contentType).send(result);
      return undefined;
    case 'redirect':
      response.redirect(303, result as string);
      return undefined;
    case 'events':
      return sendEvents(result as AsyncIterable<ServerEvent> | null, context, response);
    default:
      return route.answer satisfies never;
  }
}

async function sendEvents(
  events: AsyncIterable<ServerEvent> | null,
  { streams, wiring }: RouteContext,
  response: Response,
): Promise<void> {
  // 204 is how an EventSource is told not to come back.
  if (events === null) {
    response.status(204).end();
    return;
  }
  const { openStreams, heartbeatMs } = wiring.settings.limits;
  if (streams.open >= openStreams) {
    const refusal = refuse('unavailable', 'Too many event streams are open.', { retryAfterMs: heartbeatMs });
    sendProblem(response, refusal, stateOf(response).requestId);
    return;
  }
  streams.open += 1;
  try {
    await streamEvents(response, events, heartbeatMs);
  } finally {
    streams.open -= 1;
  }
}

function callOf(
  route: Route,
  parts: ServiceParts,
  stopping: AbortSignal,
  request: Request,
  response: Response,
  parsed: ParsedRequest,
): Call<unknown, unknown, unknown> {
  const { requestId, caller } = stateOf(response);
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const origin = originOf(request, parts);
  const author = { kind: caller?.kind ?? 'link', id: caller?.id ?? 'nobody', requestId } as const;
  return {
    ...parsed,
    parts,
    caller,
    author,
    requestId,
    address: request.ip ?? '',
    origin,
    url: new URL(request.originalUrl, origin),
    method: request.method,
    headers: flatHeaders(request),
    rawBody: route.rawBody === true && Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    cookies: cookiesOf(request, response, parts),
    lastEventId: request.get('last-event-id') ?? null,
    signal: AbortSignal.any([
      stopping,
      gone.signal,
      ...(route.answer.kind === 'events' ? [AbortSignal.timeout(parts.settings.limits.streamMs)] : []),
    ]),
    async record(change) {
      if (route.effect !== 'changes') throw new Error(`${route.path} is not said to change anything`);
      const { session } = parts;
      await session.store.audit.add({ at: session.clock.now().toISOString(), author, ...change });
    },
  };
}

/** A header that came twice is none that we could believe. */
function flatHeaders({ headers }: Request): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}

/** Behind a proxy whose word counts, scheme and host are those that the caller used. */
function originOf(request: Request, { settings }: Pick<ServiceParts, 'settings'>): string {
  return settings.publicUrl ?? `${request.protocol}://${request.host}`;
}

function cookiesOf(request: Request, response: Response, parts: Pick<ServiceParts, 'settings'>): CookieJar {
  return openCookies(request, response, originOf(request, parts).startsWith('https:'));
}
