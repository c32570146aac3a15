// Who gets in: every route of the table, called in every way that must be refused or let in (invariant H1).
import { beforeAll, describe, expect, it } from 'vitest';
import { ACCESS_ROLES, type AccessRole, isAllowed } from '#domain/access/access-role.ts';
import { ABSOLUTE_MS, IDLE_MS } from '#domain/access/session-life.ts';
import { createMetrics } from '#http/metrics.ts';
import type { Route } from '#http/route.ts';
import { routeTable } from '#http/routes/route-table.ts';
import { revokeApiKey } from '#people/api-keys.ts';
import { createFakeQueue } from './fake-queue.ts';
import {
  ADMIN_AUTHOR,
  browserHeaders,
  type SignedIn,
  startTestService,
  type TestService,
} from './service-fixture.ts';

const routes = routeTable({ metrics: createMetrics(createFakeQueue()), isMetricsOpen: false });
const closed = routes.filter(({ role }) => role !== 'anyone');
const changing = closed.filter(({ method }) => method !== 'get');
const nameOf = ({ method, path }: Route) => `${method} ${path}`;

let service: TestService;
const sessions = new Map<AccessRole, SignedIn>();
const keys = new Map<AccessRole, string>();

beforeAll(async () => {
  service = await startTestService();
  for (const role of ACCESS_ROLES) {
    sessions.set(role, await service.signIn(role));
    keys.set(role, (await service.apiKey(role)).key);
  }
});

/** With names that nothing has, and a body that no schema takes: whoever is let in gets no further than that. */
async function call(route: Route, headers: Readonly<Record<string, string>>): Promise<number> {
  const response = await fetch(service.url + route.path.replaceAll(/:\w+/gu, 'nothing'), {
    method: route.method.toUpperCase(),
    headers: { ...headers, ...(route.body === undefined ? {} : { 'content-type': 'application/json' }) },
    redirect: 'manual',
    ...(route.body === undefined ? {} : { body: '{"no such key":1}' }),
  });
  await response.body?.cancel();
  return response.status;
}

function sessionOf(role: AccessRole): SignedIn {
  const session = sessions.get(role);
  if (session === undefined) throw new Error(role);
  return session;
}

async function statusesOf(
  chosen: readonly Route[],
  headers: (route: Route) => Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, number>>> {
  const entries: [string, number][] = [];
  for (const route of chosen) entries.push([nameOf(route), await call(route, headers(route))]);
  return Object.fromEntries(entries);
}

const all = (chosen: readonly Route[], status: number) =>
  Object.fromEntries(chosen.map((route) => [nameOf(route), status]));

describe('a route that is not for anyone (invariant H1)', () => {
  it('is in the table at all', () => {
    expect(closed.length).toBeGreaterThan(20);
    expect(changing.length).toBeGreaterThan(10);
    expect(new Set(routes.map(nameOf)).size).toBe(routes.length);
  });

  it('refuses whoever shows nothing', async () => {
    expect(await statusesOf(closed, () => ({}))).toEqual(all(closed, 401));
  });

  it('refuses a session that nobody has, and keys that nobody has', async () => {
    const cookie = `tierline-session=${'x'.repeat(43)}`;
    expect(await statusesOf(closed, () => ({ cookie, 'x-csrf-token': 'x' }))).toEqual(all(closed, 401));
    const [id] = (await service.people.store.listApiKeys()).map((key) => key.id);
    for (const key of ['tl.k_none.x', `tl.${id}.${'x'.repeat(43)}`, 'x', `tl.${id}.`]) {
      expect(await statusesOf(closed.slice(0, 3), () => ({ authorization: `Bearer ${key}` }))).toEqual(
        all(closed.slice(0, 3), 401),
      );
    }
  });

  it('refuses revoked and expired keys, also beside a good session', async () => {
    const revoked = await service.apiKey('admin');
    await revokeApiKey(service.people, revoked.id, ADMIN_AUTHOR);
    const expired = await service.apiKey('admin', new Date(Date.now() - 1000).toISOString());
    for (const { key } of [revoked, expired]) {
      const headers = { ...browserHeaders(sessionOf('admin')), authorization: `Bearer ${key}` };
      expect(await statusesOf(closed, () => headers)).toEqual(all(closed, 401));
    }
  });

  it.each(ACCESS_ROLES)(
    'lets a session with the role %s in exactly where that role suffices',
    async (role) => {
      const statuses = await statusesOf(withoutSignOut(closed), () => browserHeaders(sessionOf(role)));
      expect(refusedIn(statuses)).toEqual(tooHighFor(role));
    },
  );

  it.each(ACCESS_ROLES)(
    'lets an API key with the role %s in exactly where that role suffices',
    async (role) => {
      const statuses = await statusesOf(closed, () => ({ authorization: `Bearer ${keys.get(role)}` }));
      expect(refusedIn(statuses)).toEqual(tooHighFor(role));
    },
  );

  it('takes no change from a session without its token, or with that of another session', async () => {
    const { cookie } = sessionOf('admin');
    expect(await statusesOf(changing, () => ({ cookie }))).toEqual(all(changing, 403));
    const headers = { cookie, 'x-csrf-token': sessionOf('viewer').csrfToken };
    expect(await statusesOf(changing, () => headers)).toEqual(all(changing, 403));
  });

  it('takes no change from a page of another site, whatever it knows', async () => {
    for (const foreign of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const headers = { ...browserHeaders(sessionOf('admin')), ...foreign };
      expect(await statusesOf(changing, () => headers)).toEqual(all(changing, 403));
    }
  });

  it('refuses a session that was not used for too long, and one that is too old', async () => {
    const unused = await service.signIn('admin');
    service.pass(IDLE_MS + 1000);
    expect(await statusesOf(closed, () => browserHeaders(unused))).toEqual(all(closed, 401));

    const used = await service.signIn('viewer');
    const [route] = closed.filter(({ path }) => path === '/api/tiers');
    if (route === undefined) throw new Error('the route has gone');
    for (let passed = 0; passed < ABSOLUTE_MS; passed += IDLE_MS / 2) {
      expect(await call(route, browserHeaders(used))).toBe(200);
      service.pass(IDLE_MS / 2);
    }
    expect(await call(route, browserHeaders(used))).toBe(401);
  });
});

describe('a route for anyone', () => {
  it('takes no change from a page of another site', async () => {
    const open = routes.filter(({ role, method }) => role === 'anyone' && method !== 'get');
    expect(open.length).toBeGreaterThan(1);
    expect(await statusesOf(open, () => ({ origin: 'https://evil.example' }))).toEqual(all(open, 403));
  });
});

/** Signing out would end the session that the next route is called with. */
function withoutSignOut(chosen: readonly Route[]): readonly Route[] {
  return chosen.filter((route) => nameOf(route) !== 'delete /api/session');
}

function refusedIn(statuses: Readonly<Record<string, number>>): readonly string[] {
  for (const [name, status] of Object.entries(statuses)) {
    if (status === 401 || status >= 500) throw new Error(`${name} answered ${status}`);
  }
  return Object.keys(statuses).filter((name) => statuses[name] === 403);
}

function tooHighFor(role: AccessRole): readonly string[] {
  return closed.filter((route) => route.role !== 'anyone' && !isAllowed(role, route.role)).map(nameOf);
}
