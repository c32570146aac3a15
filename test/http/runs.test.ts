// Runs over HTTP: asked for, looked at, watched as they go, approved, stopped.
import { beforeAll, describe, expect, it } from 'vitest';
import type { PlannedChange } from '#domain/plan/planned-change.ts';
import { revokeApiKey } from '#people/api-keys.ts';
import type { RunMode, RunStatus } from '#ports/store.ts';
import { readEvents } from './read-events.ts';
import { callService } from './service-client.ts';
import { ADMIN_AUTHOR, startTestService, type TestService } from './service-fixture.ts';

let service: TestService;
let marketer: Readonly<Record<string, string>>;
let admin: Readonly<Record<string, string>>;

beforeAll(async () => {
  service = await startTestService();
  marketer = { authorization: `Bearer ${(await service.apiKey('marketer')).key}` };
  admin = { authorization: `Bearer ${(await service.apiKey('admin')).key}` };
});

const call = (what: string, options = {}) =>
  callService(service.url, what, { headers: marketer, ...options });

async function startRun(body: unknown = {}): Promise<string> {
  const answer = await call('POST /api/runs', { body });
  expect(answer.status).toBe(202);
  return answer.body.run as string;
}

async function storeRun(id: string, mode: RunMode, status: RunStatus): Promise<void> {
  const { runs } = service.store;
  await runs.start({
    id,
    mode,
    asOf: '2026-11-22T08:00:00.000Z',
    startedAt: '2026-11-22T08:00:00.000Z',
    policyHash: 'p1',
    connections: ['sf'],
    options: {},
  });
  if (status !== 'running')
    await runs.finish(id, status, '2026-11-22T08:05:00.000Z', { schema: 'tierline.sync/1' });
}

function watch(run: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${service.url}/api/runs/${run}/events`, { headers: { ...marketer, ...headers } });
}

describe('a run', () => {
  it('is put in line as it was asked for, with an audit entry that says who', async () => {
    const run = await startRun({ accounts: ['acme.com'], full: true, dryRun: true });
    expect(service.queue.requests.at(-1)).toEqual({
      connections: [],
      accounts: ['acme.com'],
      full: true,
      dryRun: true,
      asOf: null,
      approve: null,
    });
    const [entry] = await service.store.audit.list({ before: null, limit: 1 });
    expect(entry).toMatchObject({ action: 'run.start', subject: `run:${run}`, author: { kind: 'api-key' } });
    expect(entry?.after).toMatchObject({ run, accounts: 1, full: true });
  });

  it('for a connection that is not there is refused before it is put in line', async () => {
    const before = service.queue.requests.length;
    const { status, body } = await call('POST /api/runs', { body: { connections: ['nowhere'] } });
    expect([status, body.errors[0].path]).toEqual([400, 'body.connections']);
    expect(service.queue.requests).toHaveLength(before);
  });

  it('is not taken, and nothing is lost in silence, when the queue does not answer', async () => {
    service.queue.breakDown(true);
    const { status, body } = await call('POST /api/runs', { body: {} });
    service.queue.breakDown(false);
    expect([status, body.type]).toEqual([503, 'urn:tierline:problem:unavailable']);
  });

  it('is shown while it waits, while it goes, and with its report when it is over', async () => {
    const run = await startRun();
    expect((await call(`GET /api/runs/${run}`)).body).toMatchObject({
      run,
      state: 'waiting',
      status: null,
      report: null,
    });
    expect((await call('GET /api/runs')).body.queued).toContainEqual({ run, state: 'waiting' });
    service.queue.move(run, 'active');
    service.queue.progress(run, { step: 'pull sf', done: 200, total: null });
    expect((await call(`GET /api/runs/${run}`)).body.progress).toEqual({
      step: 'pull sf',
      done: 200,
      total: null,
    });
    await storeRun(run, 'live', 'done');
    service.queue.move(run, 'done');
    expect((await call(`GET /api/runs/${run}`)).body).toMatchObject({
      state: 'done',
      status: 'done',
      report: { schema: 'tierline.sync/1' },
    });
    expect((await call('GET /api/runs?limit=1')).body.runs).toMatchObject([{ run }]);
  });

  it('of the command line is shown too, and one that nobody knows is a 404', async () => {
    await storeRun('by-hand', 'live', 'done');
    expect((await call('GET /api/runs/by-hand')).body).toMatchObject({ state: null, status: 'done' });
    for (const what of [
      'GET /api/runs/x',
      'GET /api/runs/x/changes',
      'GET /api/runs/x/events',
      'POST /api/runs/x/cancel',
    ]) {
      expect((await call(what)).status).toBe(404);
    }
  });

  it('is stopped before it begins or after its batch, and not when it is over', async () => {
    const run = await startRun();
    service.queue.move(run, 'active');
    expect((await call(`POST /api/runs/${run}/cancel`)).body).toEqual({ result: 'stopping' });
    service.queue.move(run, 'done');
    expect((await call(`POST /api/runs/${run}/cancel`)).status).toBe(409);
    expect((await call(`POST /api/runs/${await startRun()}/cancel`)).body).toEqual({ result: 'cancelled' });
    const [entry] = await service.store.audit.list({ before: null, limit: 1 });
    expect(entry).toMatchObject({
      action: 'run.cancel',
      before: { state: 'waiting' },
      after: { state: 'cancelled' },
    });
  });

  it('that failed is asked for again as it was, under a new id', async () => {
    const run = await startRun({ accounts: ['acme.com'] });
    expect((await call(`POST /api/runs/${run}/repeat`)).status).toBe(409);
    service.queue.move(run, 'failed');
    const again = await call(`POST /api/runs/${run}/repeat`);
    expect([again.status, again.body.run === run]).toEqual([202, false]);
    expect(service.queue.requests.at(-1)).toMatchObject({ accounts: ['acme.com'] });
    const [entry] = await service.store.audit.list({ before: null, limit: 1 });
    expect(entry).toMatchObject({ action: 'run.repeat', subject: `run:${run}` });
  });

  it.each<readonly [string, RunMode, RunStatus]>([
    ['held', 'live', 'held'],
    ['plan', 'dry-run', 'done'],
  ])('that is a %s one (%s, %s) is approved under its id', async (id, mode, status) => {
    await storeRun(id, mode, status);
    expect((await call(`POST /api/runs/${id}/approve`, { headers: admin })).status).toBe(202);
    expect(service.queue.requests.at(-1)).toMatchObject({ approve: id, dryRun: false });
  });

  it.each<readonly [string, RunMode, RunStatus]>([
    ['written', 'live', 'done'],
    ['broken-plan', 'dry-run', 'failed'],
  ])('that is %s (%s, %s) cannot be approved', async (id, mode, status) => {
    await storeRun(id, mode, status);
    expect((await call(`POST /api/runs/${id}/approve`, { headers: admin })).status).toBe(409);
  });
});

describe('the changes of a run', () => {
  it('come field by field, in pages of records, and can be narrowed down', async () => {
    await storeRun('planned', 'dry-run', 'done');
    const writer = await service.store.plans.openWriter('planned');
    const changes = ['a', 'b', 'c', 'd', 'e'].map(changeOf);
    for (const change of changes) await writer.addChange(change);
    await writer.commit(false);
    const lines: { id: string }[] = [];
    let query: string | null = '';
    while (query !== null) {
      const { body } = await call(`GET /api/runs/planned/changes?limit=2${query}`);
      lines.push(...body.changes);
      query = body.next === null ? null : `&cursor=${body.next}`;
    }
    expect(lines.map(({ id }) => id)).toEqual(
      changes.flatMap(({ id }) => [`${id}:tier`, `${id}:tierReason`]),
    );
    expect(lines[0]).toMatchObject({
      connection: 'sf',
      object: 'account',
      recordId: 'a',
      now: null,
      after: 'tier_1',
      why: 'fit',
    });
    expect((await call('GET /api/runs/planned/changes?status=failed')).body.changes).toEqual([]);
    expect((await call('GET /api/runs/planned/changes?object=task')).body.changes).toEqual([]);
  });
});

function changeOf(id: string): PlannedChange {
  return {
    id: `change-${id}`,
    connection: 'sf',
    object: 'account',
    verb: 'update',
    recordId: id,
    accountId: id,
    companyKey: 'co_a',
    name: `Account ${id}`,
    fields: [
      { field: 'tier', now: null, after: 'tier_1', why: 'fit' },
      { field: 'tierReason', now: 'x', after: 'y', why: 'fit' },
      { field: 'nextStep', now: 'same', after: 'same', why: 'fit' },
    ],
    idempotencyKey: null,
    inDoubt: false,
  };
}

describe('the events of a run', () => {
  it('begin with where it is, tell each change, end with the end, and need no second look', async () => {
    const run = await startRun();
    const response = await watch(run);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const events = readEvents(response);
    expect((await events.next()).value).toMatchObject({ event: 'run', data: { run, state: 'waiting' } });
    await service.queue.watched(run);
    service.queue.move(run, 'active');
    expect((await events.next()).value).toMatchObject({ event: 'run', data: { state: 'active' } });
    service.queue.progress(run, { step: 'write sf', done: 1, total: 3 });
    const told = (await events.next()).value;
    expect(told).toMatchObject({ event: 'run', data: { progress: { step: 'write sf', done: 1, total: 3 } } });
    service.queue.move(run, 'done');
    expect((await events.next()).value).toMatchObject({ id: 'end', event: 'end', data: { state: 'done' } });
    expect((await events.next()).done).toBe(true);
  });

  it('taken up again tell what is new, and nothing after the end', async () => {
    const run = await startRun();
    const first = readEvents(await watch(run));
    const { value } = await first.next();
    await first.return();
    const again = readEvents(await watch(run, { 'last-event-id': (value as { id: string }).id }));
    const next = again.next();
    await service.queue.watched(run);
    service.queue.move(run, 'failed');
    expect((await next).value).toMatchObject({ event: 'end', data: { state: 'failed' } });
    expect((await watch(run, { 'last-event-id': 'end' })).status).toBe(204);
    const late = await Array.fromAsync(readEvents(await watch(run)));
    expect(late).toMatchObject([{ event: 'end' }]);
  });

  it('end after a while, so that who comes back is asked again who they are', async () => {
    const brief = await startTestService({ limits: { streamMs: 30 } });
    const { id, key } = await brief.apiKey('marketer');
    const headers = { authorization: `Bearer ${key}` };
    const started = await callService(brief.url, 'POST /api/runs', { body: {}, headers });
    const open = () => fetch(`${brief.url}/api/runs/${started.body.run}/events`, { headers });
    expect(await Array.fromAsync(readEvents(await open()))).toMatchObject([{ event: 'run' }]);
    await revokeApiKey(brief.people, id, ADMIN_AUTHOR);
    expect((await open()).status).toBe(401);
  });

  it('of a run of the command line are told as well', async () => {
    await storeRun('by-hand-over', 'live', 'failed');
    expect(await Array.fromAsync(readEvents(await watch('by-hand-over')))).toMatchObject([
      { id: 'end', data: { status: 'failed', state: null } },
    ]);
  });

  it('show signs of life, are limited in number, and end when the service stops', async () => {
    const other = await startTestService({ limits: { heartbeatMs: 20, openStreams: 1 } });
    const headers = { authorization: `Bearer ${(await other.apiKey('marketer')).key}` };
    const started = await callService(other.url, 'POST /api/runs', { body: {}, headers });
    const open = () => fetch(`${other.url}/api/runs/${started.body.run}/events`, { headers });
    const beats = { count: 0 };
    const events = readEvents(await open(), beats);
    await events.next();
    expect((await open()).status).toBe(503);
    const rest = Array.fromAsync(events);
    // The stream has sent one sign of life when this many of its own answers have come since.
    while (beats.count === 0) await callService(other.url, 'GET /healthz');
    await other.close();
    expect(await rest).toEqual([]);
    expect(beats.count).toBeGreaterThan(0);
  });
});
