import { setTimeout as sleep } from 'node:timers/promises';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type CallLogOptions, createCallLog } from '#sandbox/http/call-log.ts';
import { createFaults } from '#sandbox/http/faults.ts';
import { type Listening, listen } from '#sandbox/http/listen.ts';

let server: Listening | null = null;

afterEach(async () => {
  await server?.close();
  server = null;
});

const start = async (options?: CallLogOptions) => {
  const calls = createCallLog(options);
  const faults = createFaults();
  const app = express();
  app.use(calls.middleware, faults.middleware);
  app.all('/{*path}', (_request, response) => {
    response.status(201).json({});
  });
  server = await listen(app);
  const { url } = server;
  const call = async (path: string, init?: RequestInit): Promise<void> => {
    await fetch(`${url}${path}`, init).then((response) => response.text());
  };
  return { calls, faults, call };
};

describe('the call log', () => {
  it('remembers method, path, query, status and duration', async () => {
    const { calls, call } = await start();
    await call('/objects/company?limit=100');
    expect(calls.entries).toMatchObject([
      { method: 'GET', path: '/objects/company', query: { limit: '100' }, status: 201, kind: 'read' },
    ]);
    expect(calls.entries[0]?.durationMs).toBeGreaterThanOrEqual(0);
  });

  it('counts by the kinds the vendor decides', async () => {
    const { calls, call } = await start({ classify: ({ path }) => (path === '/search' ? 'read' : 'other') });
    await call('/search', { method: 'POST' });
    await call('/token', { method: 'POST' });
    expect([calls.count('read'), calls.count('write'), calls.count('other'), calls.count()]).toEqual([
      1, 0, 1, 2,
    ]);
  });

  it('keeps only the newest calls but counts all of them', async () => {
    const { calls, call } = await start({ limit: 3 });
    for (let number = 1; number <= 8; number += 1) await call(`/${number}`);
    expect(calls.entries.map((entry) => entry.path)).toEqual(['/6', '/7', '/8']);
    expect(calls.count('read')).toBe(8);
  });

  it('notes a cut connection with status 0', async () => {
    const { calls, faults, call } = await start();
    faults.inject({ fault: { kind: 'cut-after-commit' } });
    await expect(call('/a', { method: 'PATCH' })).rejects.toThrow(/fetch failed/u);
    await sleep(20);
    expect(calls.entries).toMatchObject([{ method: 'PATCH', status: 0, kind: 'write' }]);
  });

  it('starts from zero after a reset', async () => {
    const { calls, call } = await start();
    await call('/a');
    calls.reset();
    expect(calls.entries).toEqual([]);
    expect(calls.count()).toBe(0);
  });
});
