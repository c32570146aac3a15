// What holds for every answer: form, headers, refusals, description, limits, and a log without people in it.
import { beforeAll, describe, expect, it } from 'vitest';
import { callService, ROUTES } from './service-client.ts';
import { browserHeaders, startTestService, type TestService } from './service-fixture.ts';

let service: TestService;
let viewer: Readonly<Record<string, string>>;

beforeAll(async () => {
  service = await startTestService();
  viewer = { authorization: `Bearer ${(await service.apiKey('viewer')).key}` };
});

const call = (what: string, options = {}) => callService(service.url, what, options);

describe('the description', () => {
  it('names every route with its role, its parameters and what it answers', async () => {
    const { body } = await call('GET /api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    for (const { method, path, role, params } of ROUTES) {
      const operation = body.paths[path.replaceAll(/:(\w+)/gu, '{$1}')]?.[method];
      expect({ path, ...operation }).toMatchObject({ 'x-tierline-role': role });
      const inPath = [...path.matchAll(/:(\w+)/gu)].map(([, name]) => name);
      expect(Object.keys(params?.shape ?? {})).toEqual(inPath);
    }
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ROUTES.length);
  });
});

async function send(body: string, contentType: string): Promise<readonly unknown[]> {
  const response = await fetch(`${service.url}/api/tiers/evaluate`, {
    method: 'POST',
    headers: { ...viewer, 'content-type': contentType },
    body,
  });
  return [response.status, ((await response.json()) as { type: string }).type];
}

describe('a request that makes no sense', () => {
  it('is told everything that is wrong with it at once', async () => {
    const { status, body } = await call('GET /api/accounts?tier=Tier%209&limit=0&colour=red', {
      headers: viewer,
    });
    expect(status).toBe(400);
    expect(body.errors.map(({ path }: { path: string }) => path)).toEqual([
      'query.tier',
      'query.limit',
      'query',
    ]);
    expect(body.errors[2].message).toContain('colour');
  });

  it('is refused for a body that is no JSON, is not said to be JSON, or is too large', async () => {
    expect(await send('[{', 'application/json')).toEqual([400, 'urn:tierline:problem:bad-request']);
    expect(await send('[]', 'text/plain')).toEqual([415, 'urn:tierline:problem:wrong-content-type']);
    const large = JSON.stringify(['x'.repeat(9_000_000)]);
    expect(await send(large, 'application/json')).toEqual([413, 'urn:tierline:problem:too-large']);
  });

  it('is told what there is instead of a path or a method that is not there', async () => {
    expect(await call('GET /api/nothing')).toMatchObject({
      status: 404,
      body: { next: expect.stringContaining('openapi') },
    });
    const wrong = await call('DELETE /api/accounts');
    expect(wrong).toMatchObject({ status: 405 });
    expect(wrong.headers.get('allow')).toBe('GET');
    expect((await call('GET /api/accounts/%E0%A4%A', { headers: viewer })).status).toBe(400);
  });

  it('is refused for a cursor that no answer gave', async () => {
    for (const cursor of ['x', Buffer.from('{"rank":1}').toString('base64url')]) {
      const { status, body } = await call(`GET /api/accounts?cursor=${cursor}`, { headers: viewer });
      expect([status, body.errors[0].path.split('.').slice(0, 2)]).toEqual([400, ['query', 'cursor']]);
    }
  });
});

describe('every answer', () => {
  it('forbids scripts of others, frames, sniffing and caches', async () => {
    for (const path of ['/', '/api/session', '/api/nothing']) {
      const { headers } = await call(`GET ${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('strict-transport-security')).toBeNull();
    }
  });

  it('has a request id of ours, whatever a caller says that no proxy is trusted to say', async () => {
    const { headers } = await call('GET /healthz', { headers: { 'x-request-id': 'given-by-somebody' } });
    expect(headers.get('x-request-id')).toMatch(/^r_/u);
  });
});

describe('the page at /', () => {
  it('is there with its parts, and holds no script in itself', async () => {
    const { body, headers } = await call('GET /');
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).toContain('/api/openapi.json');
    expect(body).not.toMatch(/<script>|\son\w+=|style=/u);
    const script = (await call('GET /page/sign-in.js')).body as string;
    const wanted = [...script.matchAll(/(?:element|onSubmit)\('([\w-]+)'/gu)].map(([, id]) => id);
    expect(wanted.length).toBeGreaterThan(8);
    expect(wanted.filter((id) => !body.includes(`id="${id}"`))).toEqual([]);
    for (const [, part] of body.matchAll(/(?:src|href)="(\/page\/[^"]+)"/gu)) {
      expect((await call(`GET ${part}`)).status).toBe(200);
    }
  });
});

describe('health', () => {
  it('is told apart from readiness, which names what does not answer', async () => {
    expect(await call('GET /readyz')).toMatchObject({ status: 200, body: { status: 'ready' } });
    service.queue.breakDown(true);
    const { status, body } = await call('GET /readyz');
    expect([status, body.detail]).toEqual([503, 'Does not answer: queue.']);
    expect((await call('GET /healthz')).status).toBe(200);
    expect((await call('GET /metrics', { headers: viewer })).status).toBe(200);
    service.queue.breakDown(false);
  });

  it('has figures by route pattern, without names', async () => {
    await call('GET /api/accounts/Secret%20Customer%20Ltd', { headers: viewer });
    const { body } = await call('GET /metrics', { headers: viewer });
    expect(body).toContain(
      'tierline_http_request_seconds_count{method="GET",route="/api/accounts/:account",status="404"}',
    );
    expect(body).toContain('tierline_queue_runs{state="waiting"}');
    expect(body).not.toContain('Secret');
  });
});

describe('the log (invariant H7)', () => {
  it('tells route, status and caller by id, and neither path, query, address nor anything of a body', async () => {
    const admin = await service.signIn('admin');
    await call('GET /api/accounts?q=Hidden%20Ltd', { headers: { cookie: admin.cookie } });
    await call('POST /api/users', {
      body: { email: 'hidden@acme.example', role: 'viewer' },
      headers: browserHeaders(admin),
    });
    await call('POST /api/session', { body: { email: 'hidden@acme.example', password: 'hidden password' } });
    const text = JSON.stringify(service.log);
    expect(text).toContain('"route":"/api/accounts","status":200');
    expect(text).toContain(`"caller":"user:${admin.userId}"`);
    expect(text).not.toMatch(/hidden/iu);
    expect(text).not.toContain(admin.cookie.split('=')[1]);
    expect(text).not.toContain(admin.csrfToken);
    expect(text).not.toContain('127.0.0.1');
  });
});

describe('limits', () => {
  it('stop one address, one caller, and tries to sign in, each with a problem document and the time to wait', async () => {
    const small = await startTestService({ limits: { perCaller: 3, signIns: 2 } });
    const key = { authorization: `Bearer ${(await small.apiKey('viewer')).key}` };
    const other = { authorization: `Bearer ${(await small.apiKey('viewer')).key}` };
    const statuses: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      statuses.push((await callService(small.url, 'GET /api/tiers', { headers: key })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    expect((await callService(small.url, 'GET /api/tiers', { headers: other })).status).toBe(200);
    const attempt = () =>
      callService(small.url, 'POST /api/session', { body: { email: 'a@acme.example', password: 'x' } });
    expect([(await attempt()).status, (await attempt()).status]).toEqual([401, 401]);
    const stopped = await attempt();
    expect(stopped.status).toBe(429);
    expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('behind a proxy with TLS', () => {
  it('sets Secure cookies for this host alone, demands TLS from then on, and believes the proxy', async () => {
    const behind = await startTestService({
      settings: { publicUrl: 'https://tierline.acme.example', trustProxy: 1, metrics: 'open' },
    });
    const user = await behind.signIn('viewer');
    const proxied = { cookie: user.cookie.replace('tierline', '__Host-tierline') };
    const { headers, body } = await callService(behind.url, 'GET /api/session', { headers: proxied });
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(body.user).toMatchObject({ role: 'viewer' });
    const out = await callService(behind.url, 'DELETE /api/session', {
      headers: {
        ...proxied,
        'x-csrf-token': user.csrfToken,
        origin: 'https://tierline.acme.example',
        'x-request-id': 'proxy-0001',
      },
    });
    expect(out.status).toBe(204);
    expect(out.headers.get('x-request-id')).toBe('proxy-0001');
    expect(out.headers.get('set-cookie')).toMatch(
      /^__Host-tierline-session=;.*HttpOnly; Secure; SameSite=Lax$/u,
    );
    expect((await callService(behind.url, 'GET /metrics')).status).toBe(200);
  });
});

describe('the rules on given input', () => {
  it('answer what the commands answer, item by item', async () => {
    const evaluated = await call('POST /api/tiers/evaluate', {
      body: [{ id: 'a' }, { id: 'b', acv: -1 }],
      headers: viewer,
    });
    expect(evaluated.body).toMatchObject({
      schema: 'tierline.tiers.evaluate/1',
      results: [
        { id: 'a', tier: 'Unscored' },
        { id: 'b', error: { path: 'acv' } },
      ],
    });
    const replayed = await call('POST /api/tiers/replay', {
      body: [{ id: 'a', days: [{ date: '2026-11-20', input: {} }] }],
      headers: viewer,
    });
    expect(replayed.body.results).toMatchObject([{ id: 'a', days: [{ date: '2026-11-20' }] }]);
    const roles = await call('POST /api/roles/suggest', {
      body: [{ id: 'p', title: 'Chief Financial Officer' }],
      headers: viewer,
    });
    expect(roles.body.results).toMatchObject([{ id: 'p', role: 'economic_buyer' }]);
    const keys = await call('POST /api/keys/match', {
      body: [
        { id: '1', name: 'Acme Inc', domain: 'acme.com' },
        { id: '2', name: 'Acme', domain: 'acme.com' },
        3,
      ],
      headers: viewer,
    });
    const [one, two, bad] = keys.body.results;
    expect([one.key === two.key, bad]).toEqual([true, { line: 3, error: expect.any(String) }]);
  });
});
