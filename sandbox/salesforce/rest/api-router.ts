// Finds the handler of a method and path. Paths are matched segment by segment; `:name` takes one segment.
import { apiError, notFound } from './api-error.ts';
import type { ApiHandler, ApiMethod, ApiRequest, ApiResponse } from './api-message.ts';

export interface Route {
  readonly method: ApiMethod;
  readonly pattern: string;
  readonly handler: ApiHandler;
}

export const route = (method: ApiMethod, pattern: string, handler: ApiHandler): Route => ({
  method,
  pattern,
  handler,
});

export type Dispatch = (request: ApiRequest) => ApiResponse;

const split = (path: string): string[] => path.split('/').filter((segment) => segment !== '');

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const match = (pattern: readonly string[], segments: readonly string[]): Record<string, string> | null => {
  if (pattern.length !== segments.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = decode(segments[index] ?? '');
    if (part.startsWith(':')) params[part.slice(1)] = segment;
    else if (part.toLowerCase() !== segment.toLowerCase()) return null;
  }
  return params;
};

/** Earlier routes win, so fixed paths stand before those with parameters. */
export const createDispatch = (routes: readonly Route[]): Dispatch => {
  const compiled = routes.map((one) => ({ ...one, segments: split(one.pattern) }));
  return (request) => {
    const segments = split(request.path);
    const allowed: string[] = [];
    for (const { method, segments: pattern, handler } of compiled) {
      const params = match(pattern, segments);
      if (params === null) continue;
      if (method === request.method) return handler(request, params);
      allowed.push(method);
    }
    if (allowed.length === 0) throw notFound();
    throw apiError(
      405,
      'METHOD_NOT_ALLOWED',
      `HTTP Method '${request.method}' not allowed. Allowed are ${allowed.join(',')}`,
    );
  };
};
