// Reads what a person posted to the control routes into an edit or a fault rule, or says what is wrong with it.
import { FAULT_KINDS, type Fault, type FaultKind, type FaultRule } from '#sandbox/http/faults.ts';

export interface Problem {
  readonly problem: string;
}

export interface Edit {
  readonly type: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const parseEdit = (body: unknown): Edit | Problem => {
  if (!isObject(body)) return { problem: 'send JSON: {"type": "...", "id": "...", "fields": {...}}' };
  const { type, id, fields } = body as { type?: unknown; id?: unknown; fields?: unknown };
  if (typeof type !== 'string' || type === '') return { problem: 'type is missing' };
  if (typeof id !== 'string' || id === '') return { problem: 'id is missing' };
  if (!isObject(fields)) return { problem: 'fields must be an object of field names and values' };
  return { type, id, fields };
};

export const parseFaultRule = (body: unknown): FaultRule | Problem => {
  if (!isObject(body) || !isObject(body['fault'])) {
    return {
      problem: `send JSON: {"path": "...", "times": 1, "fault": {"kind": "${FAULT_KINDS.join('|')}"}}`,
    };
  }
  const fault = parseFault(body['fault']);
  if ('problem' in fault) return fault;

  const method = body['method'];
  if (method !== undefined && typeof method !== 'string') return { problem: 'method must be a string' };
  const path = parsePath(body);
  if (path !== undefined && typeof path === 'object' && 'problem' in path) return path;
  // JSON has no Infinity: "all" stands for it.
  const times = body['times'] === 'all' ? Number.POSITIVE_INFINITY : body['times'];
  const after = body['after'];
  if (times !== undefined && !isCount(times)) return { problem: 'times must be a whole number or "all"' };
  if (after !== undefined && !isCount(after)) return { problem: 'after must be a whole number' };

  return {
    ...(method === undefined ? {} : { method }),
    ...(path === undefined ? {} : { path }),
    ...(times === undefined ? {} : { times }),
    ...(after === undefined ? {} : { after }),
    fault,
  };
};

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY);

const isFaultKind = (value: unknown): value is FaultKind => FAULT_KINDS.some((kind) => kind === value);

const parsePath = (body: Fields): RegExp | string | Problem | undefined => {
  const { path, pathPattern } = body as { path?: unknown; pathPattern?: unknown };
  if (typeof pathPattern === 'string') {
    try {
      return new RegExp(pathPattern, 'u');
    } catch {
      return { problem: 'pathPattern is no regular expression' };
    }
  }
  if (path === undefined || typeof path === 'string') return path;
  return { problem: 'path must be a string' };
};

const parseFault = (fields: Fields): Fault | Problem => {
  const { kind, status, body, headers, ms } = fields as {
    kind?: unknown;
    status?: unknown;
    body?: unknown;
    headers?: unknown;
    ms?: unknown;
  };
  if (!isFaultKind(kind)) return { problem: `fault.kind must be one of ${FAULT_KINDS.join(', ')}` };
  if (kind === 'delay') {
    return isCount(ms) && Number.isFinite(ms) ? { kind, ms } : { problem: 'fault.ms must be a whole number' };
  }
  if (kind !== 'status') return { kind };
  if (typeof status !== 'number' || !Number.isInteger(status) || status < 100 || status > 599) {
    return { problem: 'fault.status must be an HTTP status' };
  }
  const texts = isObject(headers)
    ? Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
    : undefined;
  return {
    kind,
    status,
    ...(body === undefined ? {} : { body }),
    ...(texts === undefined ? {} : { headers: texts }),
  };
};
