// The sandbox's own door, mounted under /_sandbox: edit a record as a person would, break the network, look at calls.
// It is for people with curl and for tests; the connectors never call it.
import express, { type Router } from 'express';
import type { CallLog } from '#sandbox/http/call-log.ts';
import type { Faults } from '#sandbox/http/faults.ts';
import { parseEdit, parseFaultRule } from './parse-control-request.ts';

export interface ControlRouterOptions {
  /** Changes a record as a named user of the CRM would. Throws an Error that says what is wrong. */
  readonly editAsHuman: (type: string, id: string, fields: Readonly<Record<string, unknown>>) => unknown;
  /** All live records of a type; throws for an unknown type. */
  readonly records: (type: string) => Iterable<unknown>;
  readonly faults: Faults;
  readonly calls: CallLog;
}

const DEFAULT_LIMIT = 100;

/**
 * Mount it before the vendor's authentication and before the faults and call-log middleware, so that looking at
 * the sandbox neither fails nor counts:
 *
 * - `GET    /_sandbox/`                             what is here
 * - `POST   /_sandbox/edit`    `{type, id, fields}` edit a record as a person
 * - `POST   /_sandbox/fault`   `{method?, path?, pathPattern?, times?, after?, fault: {kind, …}}`
 * - `DELETE /_sandbox/faults`                       no more faults
 * - `GET    /_sandbox/calls?last=N`                 counts and the newest calls
 * - `DELETE /_sandbox/calls`                        count from zero
 * - `GET    /_sandbox/records/:type?limit=&offset=` records as they stand
 */
export const createControlRouter = ({
  editAsHuman,
  records,
  faults,
  calls,
}: ControlRouterOptions): Router => {
  const router = express.Router();
  router.use(express.json());

  router.get('/', (_request, response) => {
    response.json({
      routes: [
        'POST /_sandbox/edit {type, id, fields}',
        'POST /_sandbox/fault {method?, path?, pathPattern?, times?, after?, fault: {kind, ...}}',
        'DELETE /_sandbox/faults',
        'GET /_sandbox/calls?last=N',
        'DELETE /_sandbox/calls',
        'GET /_sandbox/records/:type?limit=N&offset=N',
      ],
    });
  });

  router.post('/edit', (request, response) => {
    const edit = parseEdit(request.body);
    if ('problem' in edit) {
      response.status(400).json({ error: edit.problem });
      return;
    }
    try {
      response.json({ record: editAsHuman(edit.type, edit.id, edit.fields) ?? null });
    } catch (error) {
      response.status(404).json({ error: messageOf(error) });
    }
  });

  router.post('/fault', (request, response) => {
    const rule = parseFaultRule(request.body);
    if ('problem' in rule) {
      response.status(400).json({ error: rule.problem });
      return;
    }
    faults.inject(rule);
    response.status(201).json({ injected: rule.fault.kind });
  });

  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.status(204).end();
  });

  router.get('/calls', (request, response) => {
    const last = numberOf(request.query['last'], DEFAULT_LIMIT);
    response.json({
      read: calls.count('read'),
      write: calls.count('write'),
      other: calls.count('other'),
      entries: last === 0 ? [] : calls.entries.slice(-last),
    });
  });

  router.delete('/calls', (_request, response) => {
    calls.reset();
    response.status(204).end();
  });

  router.get('/records/:type', (request, response) => {
    try {
      const all = [...records(request.params.type)];
      const offset = numberOf(request.query['offset'], 0);
      const limit = numberOf(request.query['limit'], DEFAULT_LIMIT);
      response.json({ total: all.length, records: all.slice(offset, offset + limit) });
    } catch (error) {
      response.status(404).json({ error: messageOf(error) });
    }
  });

  return router;
};

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const numberOf = (value: unknown, fallback: number): number => {
  const number = typeof value === 'string' ? Number.parseInt(value, 10) : Number.NaN;
  return Number.isInteger(number) && number >= 0 ? number : fallback;
};
