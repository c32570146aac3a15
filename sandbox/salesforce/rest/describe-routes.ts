// What is in the org: the versions, the objects, and one object in full. Describe honours If-Modified-Since.
import type { Org } from '../org/org.ts';
import { type ApiHandler, jsonAnswer } from './api-message.ts';
import { type Route, route } from './api-router.ts';
import { describeObject, summarizeObject } from './describe-object.ts';
import { findObject } from './dml-call.ts';

const RESOURCES = ['composite', 'jobs', 'limits', 'query', 'queryAll', 'sobjects', 'tooling'] as const;
const PERMISSION_TABLES = ['PermissionSetAssignment', 'FieldPermissions', 'ObjectPermissions'] as const;
const SECOND_MS = 1_000;

export const createDescribeRoutes = (org: Org, identityUrl: (userId: string) => string): Route[] => {
  const lastSeen = new Map<string, { readonly fingerprint: string; readonly atMs: number }>();

  // HTTP dates know no fractions: a second change in one second counts as one of the next.
  const modifiedAt = (key: string): number => {
    const fingerprint = [
      org.schema.version,
      ...PERMISSION_TABLES.map((table) => org.table(table).version),
    ].join('/');
    const known = lastSeen.get(key);
    if (known?.fingerprint === fingerprint) return known.atMs;
    const nowMs = Math.floor(org.now().getTime() / SECOND_MS) * SECOND_MS;
    const atMs = known === undefined ? nowMs : Math.max(nowMs, known.atMs + SECOND_MS);
    lastSeen.set(key, { fingerprint, atMs });
    return atMs;
  };

  const describe: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    const atMs = modifiedAt(`${request.caller.userId}/${object.name}`);
    const since = Date.parse(request.headers['if-modified-since'] ?? '');
    if (since >= atMs) return { status: 304 };
    return jsonAnswer(describeObject(org, object, request.caller, request.basePath), 200, {
      'Last-Modified': new Date(atMs).toUTCString(),
    });
  };

  const summary: ApiHandler = (request, params) => {
    const object = findObject(org, request, params['object'] ?? '');
    return jsonAnswer({
      objectDescribe: summarizeObject(object, request.caller, request.basePath),
      recentItems: [],
    });
  };

  const list: ApiHandler = (request) =>
    jsonAnswer({
      encoding: 'UTF-8',
      maxBatchSize: 200,
      sobjects: org.schema
        .objects()
        .filter((object) => request.caller.access.allows(object, 'read'))
        .map((object) => summarizeObject(object, request.caller, request.basePath)),
    });

  const root: ApiHandler = (request) =>
    jsonAnswer({
      ...Object.fromEntries(RESOURCES.map((name) => [name, `${request.basePath}/${name}`])),
      identity: identityUrl(request.caller.userId),
    });

  return [
    route('GET', '/', root),
    route('GET', '/sobjects', list),
    route('GET', '/sobjects/:object', summary),
    route('GET', '/sobjects/:object/describe', describe),
  ];
};
