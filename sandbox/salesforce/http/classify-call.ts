// Says which calls touch records. Describing, limits, set-up objects (owners, permission sets), tokens and metadata
// are neither reads nor writes of records.
import type { CallKind } from '#sandbox/http/call-log.ts';

const SETUP_OBJECTS =
  /^(?:User|Profile|Organization|PermissionSet\w*|FieldPermissions|ObjectPermissions|RecordType|Group|TaskStatus|OpportunityStage)$/i;
const FROM = /\bFROM\s+(\w+)/i;

export interface CallFacts {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export const classifyCall = ({ method, path, query, body }: CallFacts): CallKind => {
  const resource = /^\/services\/data\/v\d+\.\d(\/.*)$/.exec(path)?.[1];
  if (resource === undefined || resource.startsWith('/tooling/')) return 'other';
  if (resource.startsWith('/jobs/query')) return 'read';
  if (resource.startsWith('/jobs/ingest')) return 'write';
  if (/^\/query(?:All)?(?:\/|$)/i.test(resource)) return classifyQuery(query.get('q'));
  if (/^\/composite(?:\/batch)?\/?$/i.test(resource)) return classifyComposite(body);
  if (/^\/composite\/sobjects/i.test(resource)) return classifyCollection(method, resource, body);
  return classifyRow(method, resource);
};

const classifyQuery = (soql: string | null): CallKind => {
  const objectName = FROM.exec(soql ?? '')?.[1];
  return objectName !== undefined && SETUP_OBJECTS.test(objectName) ? 'other' : 'read';
};

/** One call whatever it holds: a write as soon as one part writes. */
const classifyComposite = (body: string): CallKind => {
  const methods = [...body.matchAll(/"method"\s*:\s*"(\w+)"/gi)].map((match) =>
    (match[1] ?? '').toUpperCase(),
  );
  return methods.some((method) => method !== 'GET') ? 'write' : 'read';
};

const classifyCollection = (method: string, resource: string, body: string): CallKind => {
  const [, , , objectName] = resource.split('/');
  if (method === 'GET' || (method === 'POST' && objectName !== undefined && objectName !== '')) {
    return objectName !== undefined && SETUP_OBJECTS.test(objectName) ? 'other' : 'read';
  }
  const type = /"type"\s*:\s*"(\w+)"/.exec(body)?.[1];
  return type !== undefined && SETUP_OBJECTS.test(type) ? 'other' : 'write';
};

const classifyRow = (method: string, resource: string): CallKind => {
  const [, root = '', objectName = '', rest = ''] = resource.split('/');
  if (root.toLowerCase() !== 'sobjects' || objectName === '' || SETUP_OBJECTS.test(objectName))
    return 'other';
  if (rest.toLowerCase() === 'describe') return 'other';
  if (method === 'GET' || method === 'HEAD') return rest === '' ? 'other' : 'read';
  return 'write';
};
