// Calls a test service and holds every answer against the route table: what is answered is what is described (invariant H8).
import { expect } from 'vitest';
import { problemSchema } from '#http/answer/send-problem.ts';
import { createMetrics } from '#http/metrics.ts';
import type { Route } from '#http/route.ts';
import { routeTable } from '#http/routes/route-table.ts';
import { createFakeQueue } from './fake-queue.ts';

export const ROUTES = routeTable({ metrics: createMetrics(createFakeQueue()), isMetricsOpen: false });

export interface Answer {
  readonly status: number;
  // The schema of the route has been held against it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
  readonly headers: Headers;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `GET /api/runs?limit=1` */
export async function callService(url: string, what: string, options: CallOptions = {}): Promise<Answer> {
  const [method = 'GET', path = '/'] = what.split(' ');
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    redirect: 'manual',
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const body: unknown = isJson ? JSON.parse(text) : text;
  const answer = { status: response.status, body, headers: response.headers };
  holdAgainstTable(method, path, answer);
  return answer;
}

function holdAgainstTable(method: string, path: string, { status, body, headers }: Answer): void {
  expect(headers.get('x-request-id')).toMatch(/^[\w.-]{8,80}$/u);
  if (status >= 400) {
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(problemSchema.strict().parse(body)).toMatchObject({
      status,
      requestId: headers.get('x-request-id'),
    });
    return;
  }
  const route = findRoute(method, new URL(path, 'http://test').pathname);
  if (route?.answer.kind !== 'json') return;
  expect(status).toBe(route.answer.status);
  // A schema leaves out what it does not know: what it gives back has to be all there was.
  if (status !== 204) expect(route.answer.schema.parse(body)).toEqual(body);
}

function findRoute(method: string, pathname: string): Route | undefined {
  return ROUTES.find((route) => {
    const pattern = new RegExp(`^${route.path.replaceAll(/:\w+/gu, '[^/]+')}$`, 'u');
    return route.method === method.toLowerCase() && pattern.test(pathname);
  });
}
