// The OpenAPI 3.1 description of the routes, made from the same table and schemas that carry them out.
import { z } from 'zod';
import { problemSchema } from './answer/send-problem.ts';
import type { Route, RouteAnswer } from './route.ts';

type JsonObject = Record<string, unknown>;

export function describeApi(routes: readonly Route[], version: string): JsonObject & { openapi: string } {
  const paths: Record<string, JsonObject> = {};
  for (const route of routes) {
    const path = route.path.replaceAll(/:(\w+)/gu, '{$1}');
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tierline',
      version,
      description:
        'Account tiers in the CRM. Browsers use the session cookie, and send the token of GET /api/session as x-csrf-token ' +
        'with everything but GET; programs send an API key as a bearer token. Errors are problem documents (RFC 9457).',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key, made by an admin.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'tierline-session',
          description: 'Set by signing in.',
        },
      },
    },
  };
}

function describeRoute(route: Route): JsonObject {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  const isOpen = route.role === 'anyone';
  return {
    operationId: operationIdOf(route),
    summary: route.summary,
    tags: [route.path.split('/')[2] ?? 'service'],
    ...(isOpen ? { security: [] } : { security: [{ apiKey: [] }, { session: [] }] }),
    'x-tierline-role': route.role,
    'x-tierline-effect': route.effect,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: schemaOf(route.body, 'input') } },
          },
        }),
    responses: {
      ...describeAnswer(route.answer),
      default: {
        description: 'What went wrong',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function describeAnswer(answer: RouteAnswer): JsonObject {
  switch (answer.kind) {
    case 'json':
      if (answer.status === 204) return { 204: { description: 'Done' } };
      return {
        [answer.status]: {
          description: answer.status === 202 ? 'Taken on; it is done later' : 'Done',
          content: { 'application/json': { schema: schemaOf(answer.schema, 'output') } },
        },
      };
    case 'events':
      return {
        200: {
          description: 'Events until the end; `data` is JSON',
          content: { 'text/event-stream': { schema: schemaOf(answer.schema, 'output') } },
        },
        204: { description: 'The end was told before: do not come back' },
      };
    case 'text':
      return {
        200: { description: 'Done', content: { [answer.contentType]: { schema: { type: 'string' } } } },
      };
    case 'redirect':
      return { 303: { description: 'Elsewhere', headers: { location: { schema: { type: 'string' } } } } };
    default:
      return answer satisfies never;
  }
}

function parametersOf(schema: z.ZodObject | undefined, where: 'path' | 'query'): readonly JsonObject[] {
  return Object.entries(schema?.shape ?? {}).map(([name, field]) => ({
    name,
    in: where,
    required: where === 'path' || !z.safeParse(field, undefined).success,
    schema: schemaOf(field as z.ZodType, 'input'),
  }));
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}

/** `getApiRunsRunEvents` */
function operationIdOf({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/u).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
