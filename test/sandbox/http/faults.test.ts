import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { createFaults } from '#sandbox/http/faults.ts';
import { type Listening, listen } from '#sandbox/http/listen.ts';

let server: Listening | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

const start = async () => {
  const faults = createFaults();
  const committed: string[] = [];
  const app = express();
  app.use(faults.middleware);
  app.all('/{*path}', (request, response) => {
    committed.push(`${request.method} ${request.path}`);
    response.json({ path: request.path, filler: 'x'.repeat(2000) });
  });
  server = await listen(app);
  const { url } = server;
  const call = (path: string, init?: RequestInit): Promise<Response> => fetch(`${url}${path}`, init);
  return { faults, committed, call };
};

describe('injected faults', () => {
  it('answer a status, body and headers once and then get out of the way', async () => {
    const { faults, committed, call } = await start();
    faults.inject({
      fault: { kind: 'status', status: 503, body: [{ errorCode: 'DOWN' }], headers: { 'retry-after': '7' } },
    });

    const failed = await call('/a');
    expect(failed.status).toBe(503);
    expect(failed.headers.get('retry-after')).toBe('7');
    expect(await failed.json()).toEqual([{ errorCode: 'DOWN' }]);
    expect(committed).toEqual([]);
    expect((await call('/a')).status).toBe(200);
  });

  it('match by method and path, and skip the first matches', async () => {
    const { faults, call } = await start();
    faults.inject({
      method: 'post',
      path: /\/batch$/u,
      after: 1,
      times: 2,
      fault: { kind: 'status', status: 500 },
    });

    expect((await call('/other', { method: 'POST' })).status).toBe(200);
    expect((await call('/batch')).status).toBe(200);
    const statuses = [];
    for (let count = 0; count < 4; count += 1)
      statuses.push((await call('/batch', { method: 'POST' })).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('match a global expression every time', async () => {
    const { faults, call } = await start();
    faults.inject({ path: /batch/gu, times: 3, fault: { kind: 'status', status: 500 } });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call('/batch')).status);
    expect(statuses).toEqual([500, 500, 500, 200]);
  });

  it('cut the connection before anything happened', async () => {
    const { faults, committed, call } = await start();
    faults.inject({ fault: { kind: 'cut-before' } });
    await expect(call('/a', { method: 'POST' })).rejects.toThrow(/fetch failed/u);
    expect(committed).toEqual([]);
  });

  it('cut the connection after the work was committed', async () => {
    const { faults, committed, call } = await start();
    faults.inject({ fault: { kind: 'cut-after-commit' } });
    await expect(call('/a', { method: 'POST' })).rejects.toThrow(/fetch failed/u);
    expect(committed).toEqual(['POST /a']);
  });

  it('cut the body in the middle, after the status', async () => {
    const { faults, committed, call } = await start();
    faults.inject({ fault: { kind: 'cut-mid-body' } });
    const response = await call('/a');
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow(/terminated/u);
    expect(committed).toEqual(['GET /a']);
  });

  it('answer a gateway page in place of the API', async () => {
    const { faults, call } = await start();
    faults.inject({ fault: { kind: 'html' } });
    const response = await call('/a');
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toContain('text/html');
  });

  it('delay the answer', async () => {
    const { faults, call } = await start();
    faults.inject({ fault: { kind: 'delay', ms: 80 } });
    const startedAtMs = performance.now();
    expect((await call('/a')).status).toBe(200);
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(75);
  });

  it('are taken back one by one or all at once', async () => {
    const { faults, call } = await start();
    const remove = faults.inject({ times: Number.POSITIVE_INFINITY, fault: { kind: 'status', status: 500 } });
    faults.inject({ times: 5, fault: { kind: 'status', status: 429 } });
    expect((await call('/a')).status).toBe(500);
    remove();
    expect((await call('/a')).status).toBe(429);
    faults.clear();
    expect((await call('/a')).status).toBe(200);
  });
});
