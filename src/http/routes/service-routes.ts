// What machines ask of the service itself: is it alive, can it work, how does it fare, what does it offer.
import { z } from 'zod';
import { UnavailableError } from '#errors/errors.ts';
import { refuse } from '../answer/refusal.ts';
import type { ServiceMetrics } from '../metrics.ts';
import { describeApi } from '../openapi.ts';
import { defineRoute, json, type Route } from '../route.ts';
import type { ServiceParts } from '../service-parts.ts';

/** A probe gives up after a few seconds: answer before it does. */
const READY_WITHIN_MS = 3_000;

export const healthRoutes: readonly Route[] = [
  defineRoute({
    method: 'get',
    path: '/healthz',
    summary: 'The process runs.',
    role: 'anyone',
    effect: 'reads',
    answer: json(z.object({ status: z.literal('ok'), version: z.string() })),
    handle: async ({ parts }) => ({ status: 'ok' as const, version: parts.version }),
  }),
  defineRoute({
    method: 'get',
    path: '/readyz',
    summary: 'Database and queue answer: requests and runs can be taken.',
    role: 'anyone',
    effect: 'reads',
    answer: json(z.object({ status: z.literal('ready') })),
    async handle({ parts, signal }) {
      const failing = await findFailing(parts, signal);
      if (failing.length === 0) return { status: 'ready' as const };
      return refuse('unavailable', `Does not answer: ${failing.join(', ')}.`, {
        retryAfterMs: READY_WITHIN_MS,
      });
    },
  }),
];

async function findFailing(
  { session, queue }: ServiceParts,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const checks = [
    { name: 'database', check: () => session.store.people.countUsers() },
    { name: 'queue', check: () => queue.ping() },
  ];
  const tooLate = session.clock.sleep(READY_WITHIN_MS, signal).then(() => {
    throw new UnavailableError('No answer in time');
  });
  // When all answer in time nobody waits for it.
  tooLate.catch(() => undefined);
  const results = await Promise.allSettled(checks.map(({ check }) => Promise.race([check(), tooLate])));
  return checks.flatMap(({ name }, index) => (results[index]?.status === 'rejected' ? [name] : []));
}

export function metricsRoute(metrics: ServiceMetrics, isOpen: boolean): Route {
  return defineRoute({
    method: 'get',
    path: '/metrics',
    summary: "Figures in Prometheus' text format.",
    role: isOpen ? 'anyone' : 'viewer',
    effect: 'reads',
    answer: { kind: 'text', contentType: metrics.contentType },
    handle: () => metrics.text(),
  });
}

/** @param routes all of them, this one included */
export function openApiRoute(routes: () => readonly Route[]): Route {
  return defineRoute({
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description (OpenAPI 3.1).',
    role: 'anyone',
    effect: 'reads',
    answer: json(z.looseObject({ openapi: z.string() })),
    handle: async ({ parts }) => describeApi(routes(), parts.version),
  });
}
