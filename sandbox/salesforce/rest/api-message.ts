// A call of the REST API and its answer, free of any web framework, so that composite calls can make them too.
import type { Access } from '../access/access.ts';

export const API_METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD'] as const;
export type ApiMethod = (typeof API_METHODS)[number];

export interface Caller {
  readonly userId: string;
  readonly access: Access;
}

export interface ApiRequest {
  readonly method: string;
  /** Behind `/services/data/v62.0`, decoded by segment when matched. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** `62.0`. */
  readonly version: string;
  /** `/services/data/v62.0`. */
  readonly basePath: string;
  readonly caller: Caller;
  /** Set by an enclosing composite call that is all or none. */
  readonly allOrNone?: boolean;
}

export interface ApiResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON; absent for an empty body. */
  readonly json?: unknown;
  /** Any other text, sent piece by piece. */
  readonly text?: { readonly contentType: string; readonly chunks: Iterable<string> };
}

export const jsonAnswer = (
  json: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): ApiResponse => ({ status, json, headers });

export const noContent = (): ApiResponse => ({ status: 204 });

/** Runs to its end at once: a call sees and leaves the org whole. Refusals are thrown. */
export type ApiHandler = (request: ApiRequest, params: Readonly<Record<string, string>>) => ApiResponse;
