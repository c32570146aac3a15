// A whole service as main wires it: people come in by the printed link, runs go through the queue and a worker to both CRMs.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '#config/environment.ts';
import { loadWorkspace } from '#config/load-workspace.ts';
import { readEvents } from '#test/http/read-events.ts';
import { type Answer, callService } from '#test/http/service-client.ts';
import { silentLog, systemClock } from '#test/store/store-fixture.ts';
import { serveWorkspace } from '../../src/main/serve-workspace.ts';
import { castMarket } from './cast.ts';
import { AS_OF, type Flow, startFlow } from './flow-fixture.ts';

let flow: Flow;
let url: string;
let headers: Readonly<Record<string, string>>;
const stop = Promise.withResolvers<void>();
let served: Promise<void>;

beforeAll(async () => {
  flow = await startFlow(
    castMarket(AS_OF, [
      { name: 'Abalone', plays: 'tier_1' },
      { name: 'Bergamot', plays: 'tier_2' },
    ]),
  );
  const readParts = () => ({
    workspace: loadWorkspace(flow.folder, readEnvironment({})),
    clock: systemClock,
    log: silentLog,
    progress: { report() {} },
    signal: new AbortController().signal,
    secretKeys: null,
  });
  const ready = Promise.withResolvers<{ readonly url: string; readonly firstAdminLink: string | null }>();
  served = serveWorkspace(
    { ...readParts(), readParts, version: '0.0.0' },
    { workspace: flow.folder, host: '127.0.0.1', port: 0 },
    stop.promise,
    ready.resolve,
  );
  served.catch(ready.reject);
  const service = await ready.promise;
  url = service.url;
  const token = service.firstAdminLink?.split('#link=')[1];
  const opened = await callService(url, 'POST /api/session/link', {
    body: { token, email: 'admin@acme.example', password: 'correct horse battery' },
  });
  const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
  headers = { cookie, 'x-csrf-token': opened.body.csrfToken };
});

afterAll(async () => {
  stop.resolve();
  await served;
});

const call = (what: string, body?: unknown): Promise<Answer> => callService(url, what, { body, headers });

/** Starts it and waits for its end. */
async function carriedOut(what: string, body?: unknown): Promise<string> {
  const started = await call(what, body);
  expect(started.status).toBe(202);
  const { run } = started.body;
  const response = await fetch(`${url}/api/runs/${run}/events`, { headers });
  const events = await Array.fromAsync(readEvents(response));
  expect(events.at(-1)).toMatchObject({ event: 'end', data: { state: 'done', status: 'done' } });
  return run as string;
}

describe('a served workspace', () => {
  it('checks and sets up its CRMs, with an audit entry of the latter', async () => {
    expect((await call('POST /api/check')).body).toMatchObject({ ok: true, workspace: 'flow' });
    const setUp = await call('POST /api/connections/hs/setup', { dryRun: true });
    expect(setUp.body).toMatchObject({ connection: 'hs', steps: expect.any(Array) });
    const { body } = await call('GET /api/audit?limit=1');
    expect(body.entries).toMatchObject([
      { action: 'connection.setup', subject: 'connection:hs', after: { dryRun: true } },
    ]);
  });

  it('plans without writing, shows the plan, and writes exactly that when an admin approves', async () => {
    const planned = await carriedOut('POST /api/runs', { dryRun: true, asOf: AS_OF });
    expect([...flow.sf.accounts(), ...flow.hs.accounts()].map(({ tier }) => tier)).toEqual([
      null,
      null,
      null,
      null,
    ]);
    const { body: plan } = await call(`GET /api/runs/${planned}/changes?object=account&limit=1000`);
    const tiers = plan.changes.filter(({ field }: { field: string }) => field === 'tier');
    expect(
      tiers.map(({ name, after }: { name: string; after: string }) => `${name}: ${after}`).toSorted(),
    ).toEqual(['Abalone: tier_1', 'Abalone: tier_1', 'Bergamot: tier_2', 'Bergamot: tier_2']);

    const approved = await carriedOut(`POST /api/runs/${planned}/approve`);
    for (const crm of [flow.sf, flow.hs]) {
      const shown = crm.accounts().map(({ name, tier }) => `${name}: ${tier}`);
      expect(shown.toSorted()).toEqual(['Abalone: tier_1', 'Bergamot: tier_2']);
    }
    expect((await call(`GET /api/runs/${approved}`)).body.report).toMatchObject({
      mode: 'approved',
      held: null,
    });
  });

  it('lists its companies with their tiers, and explains one of them', async () => {
    const { body } = await call('GET /api/accounts');
    expect(body.accounts).toMatchObject([
      { name: 'Abalone', tier: 'Tier 1' },
      { name: 'Bergamot', tier: 'Tier 2' },
    ]);
    expect(body.accounts[0].records).toHaveLength(2);
    const explained = await call('GET /api/accounts/Bergamot');
    expect(explained.body).toMatchObject({ tier: 'Tier 2', fit: { criteria: expect.any(Array) } });
    expect((await call('GET /api/tiers')).body.tiers).toMatchObject({ 'Tier 1': 1, 'Tier 2': 1 });
  });

  it.each([
    'GET /api/keys/review',
    'GET /api/keys/changes?limit=5',
    'GET /api/accounts/Abalone/key',
    'GET /api/tiers/backtest',
    'GET /api/icp',
    'GET /api/roles/unmatched',
    'POST /api/icp/derive',
    'POST /api/market/size',
  ])('answers %s over what it read', async (what) => {
    const answer = await call(what, what.startsWith('POST') ? {} : undefined);
    expect([answer.status, answer.body.schema]).toEqual([200, expect.stringMatching(/^tierline\./u)]);
  });

  it('tells what another policy would move, and what is wrong with one that cannot be', async () => {
    const same = await call('POST /api/tiers/simulate', { policy: '{}' });
    expect(same.body).toMatchObject({ companies: 2, moved: 0, movers: [] });
    const wrong = await call('POST /api/tiers/simulate', { policy: 'no_such_key: 1' });
    expect([wrong.status, wrong.body.detail]).toEqual([400, expect.stringContaining('no_such_key')]);
  });

  it('takes a word of a person on company keys, with an audit entry', async () => {
    const merged = await call('POST /api/keys/merge', {
      a: 'Abalone',
      b: 'Bergamot',
      reason: 'one house',
      dryRun: true,
    });
    expect(merged.body).toMatchObject({
      effect: 'dry_run',
      judgements: [{ by: 'admin@acme.example', reason: 'one house' }],
    });
    const { body } = await call('GET /api/audit?limit=1');
    expect(body.entries).toMatchObject([{ action: 'key.merge', after: { effect: 'dry_run' } }]);
    expect((await call('POST /api/keys/answers', { pair: 'x', answer: 'same' })).status).toBe(404);
    expect((await call('POST /api/keys/split', { company: 'Abalone', ids: ['x'] })).status).toBe(404);
  });
});
