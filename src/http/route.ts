// One route as data: what it is called, who may call it, what it takes and answers, and the work. The router, the authorization,
// the OpenAPI description and the tests all read the same table (src/http/routes/route-table.ts).
import type { z } from 'zod';
import type { AccessRole } from '#domain/access/access-role.ts';
import type { Author } from '#ports/audit.ts';
import type { Json } from '#ports/store.ts';
import type { KnownCaller } from './access/caller.ts';
import type { CookieJar } from './access/cookies.ts';
import type { Refusal } from './answer/refusal.ts';
import type { ServiceParts } from './service-parts.ts';

/** The least role that may call; `anyone`: without signing in. */
export type NeededRole = AccessRole | 'anyone';

/** `changes`: leaves an audit entry. `computes`: changes nothing, takes its input from the body. */
export type RouteEffect = 'reads' | 'computes' | 'changes';

export interface RecordedChange {
  /** What was done, such as `run.start`. */
  readonly action: string;
  /** Kind and id, such as `run:20261122-…`. */
  readonly subject: string;
  readonly before: Json;
  readonly after: Json;
}

/** A request after it was let in and understood. */
export interface Call<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly parts: ServiceParts;
  /** Null only where `anyone` may call. */
  readonly caller: KnownCaller | null;
  /** Who is answerable for what the call changes. */
  readonly author: Author;
  readonly requestId: string;
  /** Where the call comes from, as far as the trusted proxies say. */
  readonly address: string;
  /** Scheme, host and port under which the caller reaches us, without a slash at the end. */
  readonly origin: string;
  /** As it was asked for, with its query. */
  readonly url: URL;
  readonly method: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Empty but where the route wants it. */
  readonly rawBody: Buffer;
  readonly cookies: CookieJar;
  /** Of an event stream that is taken up again. */
  readonly lastEventId: string | null;
  /** Aborts when the caller has gone or the service stops. */
  readonly signal: AbortSignal;
  /** Writes the audit entry of a change that the store does not write itself. */
  readonly record: (change: RecordedChange) => Promise<void>;
}

export interface ServerEvent {
  readonly id: string;
  readonly event: string;
  readonly data: unknown;
}

export type RouteAnswer =
  | { readonly kind: 'json'; readonly status: 200 | 201 | 202 | 204; readonly schema: z.ZodType }
  /** Server-sent events until the stream ends; `schema` is that of every event's data. */
  | { readonly kind: 'events'; readonly schema: z.ZodType }
  | { readonly kind: 'text'; readonly contentType: string }
  /** To the address that the handler returns. */
  | { readonly kind: 'redirect' };

export interface Route {
  readonly method: 'get' | 'post' | 'patch' | 'delete';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly role: NeededRole;
  readonly effect: RouteEffect;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The body is wanted byte for byte, whatever it says it is: `rawBody` instead of `body`. */
  readonly rawBody?: boolean;
  /** The body may be megabytes. */
  readonly bulk?: boolean;
  /** Counts against the tries to sign in. */
  readonly signsIn?: boolean;
  readonly answer: RouteAnswer;
  handle(call: Call<unknown, unknown, unknown>): Promise<unknown>;
}

interface Definition<
  Params extends z.ZodObject,
  Query extends z.ZodObject,
  Body extends z.ZodType,
  Answer extends RouteAnswer,
> extends Omit<Route, 'params' | 'query' | 'body' | 'answer' | 'handle'> {
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  readonly answer: Answer;
  handle(call: Call<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<Refusal | AnswerOf<Answer>>;
}

type AnswerOf<Answer extends RouteAnswer> = Answer extends {
  kind: 'json';
  schema: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : Answer extends { kind: 'redirect' | 'text' }
    ? string
    : AsyncIterable<ServerEvent> | null;

/** Checks a handler against the schemas beside it, and forgets the types. */
export function defineRoute<
  Answer extends RouteAnswer,
  Params extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Query extends z.ZodObject = z.ZodObject<Record<string, never>>,
  Body extends z.ZodType = z.ZodUndefined,
>(definition: Definition<Params, Query, Body, Answer>): Route {
  return definition;
}

export function json<Schema extends z.ZodType, Status extends 200 | 201 | 202 | 204 = 200>(
  schema: Schema,
  status?: Status,
) {
  return { kind: 'json', status: status ?? 200, schema } as const;
}
