// Reads params, query and body by the route's schemas; everything that is wrong is told at once.
import type { Request } from 'express';
import type { z } from 'zod';
import { type Refusal, refuse } from './answer/refusal.ts';
import type { Route } from './route.ts';

export interface ParsedRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

type Part = keyof ParsedRequest;

export function parseRequest(route: Route, request: Request): ParsedRequest | Refusal {
  const given = { params: request.params, query: { ...request.query }, body: request.body as unknown };
  const parsed: Record<Part, unknown> = { params: {}, query: {}, body: undefined };
  const errors: { readonly path: string; readonly message: string }[] = [];
  for (const part of ['params', 'query', 'body'] as const) {
    const schema: z.ZodType | undefined = route[part];
    if (schema === undefined) continue;
    const result = schema.safeParse(given[part]);
    if (result.success) parsed[part] = result.data;
    else {
      for (const issue of result.error.issues) {
        errors.push({ path: [part, ...issue.path.map(String)].join('.'), message: issue.message });
      }
    }
  }
  if (errors.length === 0) return parsed;
  return refuse('bad-request', describe(errors), { errors });
}

/** A body in a form that is not read would look like none. */
export function refuseContentType(route: Route, request: Request): Refusal | null {
  if (route.body === undefined || request.get('content-type') === undefined) return null;
  if (request.is('application/json') !== false) return null;
  return refuse('wrong-content-type', 'The body has to be application/json.');
}

function describe(errors: readonly { readonly path: string; readonly message: string }[]): string {
  const [first] = errors;
  const more = errors.length === 1 ? '' : ` (and ${errors.length - 1} more)`;
  return `${first?.path}: ${first?.message}${more}`;
}
