// Metrics for Prometheus: requests, the queue, and the process. Labels are route patterns, never paths.
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { RunQueue } from '#ports/queue.ts';

export interface ServiceMetrics {
  observe(
    request: { readonly method: string; readonly route: string; readonly status: number },
    ms: number,
  ): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Seconds. Most answers take milliseconds; a check of two CRMs takes ten seconds. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function createMetrics(queue: RunQueue): ServiceMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tierline_' });
  const requests = new Histogram({
    name: 'tierline_http_request_seconds',
    help: 'Time that requests took, by route pattern and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: BUCKETS,
    registers: [registry],
  });
  const runs = new Gauge({
    name: 'tierline_queue_runs',
    help: 'Runs in the queue by state',
    labelNames: ['state'] as const,
    registers: [registry],
    async collect() {
      // A queue that does not answer is what /readyz tells; the other figures are still worth having.
      const counts = await queue.counts().catch(() => null);
      runs.reset();
      for (const [state, count] of Object.entries(counts ?? {})) runs.set({ state }, Number(count));
    },
  });
  return {
    observe: ({ method, route, status }, ms) => requests.observe({ method, route, status }, ms / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
