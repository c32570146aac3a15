import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createControlRouter } from '#sandbox/control/create-control-router.ts';
import { createCallLog } from '#sandbox/http/call-log.ts';
import { createFaults } from '#sandbox/http/faults.ts';
import { type Listening, listen } from '#sandbox/http/listen.ts';

let server: Listening | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

const start = async () => {
  const company: Record<string, unknown> = { id: '1', name: 'Velmora' };
  const faults = createFaults();
  const calls = createCallLog();
  const app = express();
  app.use(
    '/_sandbox',
    createControlRouter({
      editAsHuman: (type, id, fields) => {
        if (type !== 'company' || id !== '1') throw new Error(`no ${type} ${id}`);
        return Object.assign(company, fields);
      },
      records: (type) => {
        if (type !== 'company') throw new Error(`no type ${type}`);
        return [company, { id: '2' }];
      },
      faults,
      calls,
    }),
  );
  app.use(calls.middleware, faults.middleware);
  app.get('/api', (_request, response) => {
    response.json({});
  });
  server = await listen(app);
  const { url } = server;
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  };
  return { send };
};

describe('the control routes', () => {
  it('edit a record as a person', async () => {
    const { send } = await start();
    const answer = await send('POST', '/_sandbox/edit', {
      type: 'company',
      id: '1',
      fields: { tier: 'Tier 1' },
    });
    expect(answer).toEqual({ status: 200, body: { record: { id: '1', name: 'Velmora', tier: 'Tier 1' } } });
  });

  it('say what is wrong with an edit', async () => {
    const { send } = await start();
    expect(await send('POST', '/_sandbox/edit', { type: 'company' })).toEqual({
      status: 400,
      body: { error: 'id is missing' },
    });
    expect(await send('POST', '/_sandbox/edit', { type: 'deal', id: '9', fields: {} })).toEqual({
      status: 404,
      body: { error: 'no deal 9' },
    });
  });

  it('inject and clear faults, which never hit the control routes', async () => {
    const { send } = await start();
    const rule = { pathPattern: '^/(api|_sandbox)', times: 'all', fault: { kind: 'status', status: 429 } };
    expect((await send('POST', '/_sandbox/fault', rule)).status).toBe(201);
    expect((await send('GET', '/api')).status).toBe(429);
    expect((await send('DELETE', '/_sandbox/faults')).status).toBe(204);
    expect((await send('GET', '/api')).status).toBe(200);
  });

  it.each([
    [{ fault: { kind: 'flood' } }, /fault.kind must be one of/u],
    [{ fault: { kind: 'delay' } }, /fault.ms/u],
    [{ fault: { kind: 'status', status: 1 } }, /HTTP status/u],
    [{ pathPattern: '(', fault: { kind: 'html' } }, /no regular expression/u],
    [{ times: -1, fault: { kind: 'html' } }, /times/u],
    ['nonsense', /send JSON/u],
  ])('refuse the fault rule %j', async (rule, message) => {
    const { send } = await start();
    const answer = await send('POST', '/_sandbox/fault', typeof rule === 'string' ? [rule] : rule);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toMatch(message);
  });

  it('show and reset the calls of the API alone', async () => {
    const { send } = await start();
    await send('GET', '/api');
    const { body } = await send('GET', '/_sandbox/calls');
    expect(body).toMatchObject({ read: 1, write: 0, other: 0, entries: [{ path: '/api' }] });
    await send('DELETE', '/_sandbox/calls');
    expect((await send('GET', '/_sandbox/calls')).body).toMatchObject({ read: 0, entries: [] });
  });

  it('list records in pages', async () => {
    const { send } = await start();
    expect((await send('GET', '/_sandbox/records/company?limit=1&offset=1')).body).toEqual({
      total: 2,
      records: [{ id: '2' }],
    });
    expect((await send('GET', '/_sandbox/records/ghost')).status).toBe(404);
  });
});
