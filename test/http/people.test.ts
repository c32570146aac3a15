// People over HTTP: the first admin, links, passwords, guessing, users, keys, and the audit log of it all.
import { Client } from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { PAIR_WINDOW_MS } from '#domain/access/judge-attempt.ts';
import { firstAdminLink } from '#people/invite.ts';
import { type Answer, callService, ROUTES } from './service-client.ts';
import { browserHeaders, type SignedIn, startTestService, type TestService } from './service-fixture.ts';

const PASSWORD = 'correct horse battery';

let service: TestService;
let admin: SignedIn;

beforeAll(async () => {
  service = await startTestService({ settings: { trustProxy: 1 } });
  admin = await service.signIn('admin');
});

const call = (what: string, options = {}) => callService(service.url, what, options);
const asAdmin = (what: string, body?: unknown) => call(what, { body, headers: browserHeaders(admin) });

function tokenOf(link: string): string {
  return link.split('#link=')[1] ?? '';
}

function cookieOf(headers: Headers): string {
  return /^(?<cookie>[^;]+);/u.exec(headers.get('set-cookie') ?? '')?.groups?.['cookie'] ?? '';
}

async function addUser(
  email: string,
  role = 'viewer',
  password: string | undefined = PASSWORD,
): Promise<string> {
  const added = await asAdmin('POST /api/users', { email, role });
  expect(added.status).toBe(201);
  const opened = await call('POST /api/session/link', {
    body: { token: tokenOf(added.body.link), password },
  });
  expect(opened.status).toBe(201);
  return added.body.user as string;
}

function signIn(email: string, password: string, address = '192.0.2.1') {
  return call('POST /api/session', { body: { email, password }, headers: { 'x-forwarded-for': address } });
}

describe('the first admin', () => {
  it('is made by the link of an empty service, once, and then an admin invites', async () => {
    const empty = await startTestService();
    const session = await callService(empty.url, 'GET /api/session');
    expect(session.body).toEqual({ user: null, csrfToken: null, provider: null, needsFirstAdmin: true });
    const older = await firstAdminLink(empty.people);
    const token = await firstAdminLink(empty.people);
    const open = (body: unknown) => callService(empty.url, 'POST /api/session/link', { body });
    expect((await open({ token: older, email: 'a@acme.example' })).status).toBe(401);
    expect((await open({ token })).body.errors).toMatchObject([{ path: 'body.email' }]);
    const opened = await open({ token, email: 'Boss@Acme.Example', password: PASSWORD });
    expect(opened.status).toBe(201);
    const me = await callService(empty.url, 'GET /api/session', {
      headers: { cookie: cookieOf(opened.headers) },
    });
    expect(me.body.user).toMatchObject({ email: 'boss@acme.example', role: 'admin' });
    expect((await open({ token, email: 'b@acme.example' })).status).toBe(401);
    expect(await firstAdminLink(empty.people)).toBeNull();
  });
});

describe('a session', () => {
  it('gets a new id at each sign-in and ends the one that the browser had', async () => {
    await addUser('twice@acme.example');
    const first = await signIn('twice@acme.example', PASSWORD);
    const cookie = cookieOf(first.headers);
    const second = await call('POST /api/session', {
      body: { email: 'twice@acme.example', password: PASSWORD },
      headers: { cookie, 'x-csrf-token': first.body.csrfToken },
    });
    expect(second.status).toBe(201);
    expect(cookieOf(second.headers)).not.toBe(cookie);
    expect((await call('GET /api/tiers', { headers: { cookie } })).status).toBe(401);
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax$/u);
  });

  it('ends by signing out', async () => {
    const user = await service.signIn('viewer');
    expect((await call('DELETE /api/session', { headers: browserHeaders(user) })).status).toBe(204);
    expect((await call('GET /api/tiers', { headers: browserHeaders(user) })).status).toBe(401);
  });

  it('ends when the user is removed, loses its rights with the role, and when the password changes', async () => {
    const id = await addUser('moving@acme.example', 'marketer');
    const session = await signIn('moving@acme.example', PASSWORD);
    const headers = { cookie: cookieOf(session.headers), 'x-csrf-token': session.body.csrfToken };
    expect((await call('POST /api/runs', { body: {}, headers })).status).toBe(202);
    expect((await asAdmin(`PATCH /api/users/${id}`, { role: 'viewer' })).status).toBe(204);
    expect((await call('POST /api/runs', { body: {}, headers })).status).toBe(403);
    const link = await asAdmin(`POST /api/users/${id}/link`);
    await call('POST /api/session/link', {
      body: { token: tokenOf(link.body.link), password: 'another long one' },
    });
    expect((await call('GET /api/tiers', { headers })).status).toBe(401);
    expect((await signIn('moving@acme.example', PASSWORD)).status).toBe(401);
    const again = await signIn('moving@acme.example', 'another long one');
    expect((await asAdmin(`DELETE /api/users/${id}`)).status).toBe(204);
    expect((await call('GET /api/tiers', { headers: { cookie: cookieOf(again.headers) } })).status).toBe(401);
  });
});

describe('a password', () => {
  it('has to be long, and may be left out', async () => {
    const added = await asAdmin('POST /api/users', { email: 'short@acme.example', role: 'viewer' });
    const token = tokenOf(added.body.link);
    expect((await call('POST /api/session/link', { body: { token, password: 'short' } })).status).toBe(400);
    expect((await call('POST /api/session/link', { body: { token } })).status).toBe(201);
    expect((await signIn('short@acme.example', '')).status).toBe(401);
  });

  it('that is wrong and an e-mail that nobody has are answered alike', async () => {
    await addUser('known@acme.example');
    const wrong = await signIn('known@acme.example', 'not that one at all');
    const nobody = await signIn('nobody@acme.example', 'not that one at all');
    const { requestId: _one, ...first } = wrong.body;
    const { requestId: _two, ...second } = nobody.body;
    expect(first).toEqual(second);
  });

  it('is changed by whoever knows the present one, and ends the other sessions', async () => {
    await addUser('change@acme.example');
    const open = async () => {
      const session = await signIn('change@acme.example', PASSWORD);
      return { cookie: cookieOf(session.headers), 'x-csrf-token': session.body.csrfToken as string };
    };
    const [mine, other] = [await open(), await open()];
    const change = (present: string | undefined, headers = mine) =>
      call('POST /api/session/password', {
        body: { ...(present === undefined ? {} : { present }), password: 'quite another one' },
        headers,
      });
    expect([(await change('wrong')).status, (await change(undefined)).status]).toEqual([403, 403]);
    const changed = await change(PASSWORD);
    expect(changed.status).toBe(201);
    expect((await call('GET /api/tiers', { headers: { cookie: cookieOf(changed.headers) } })).status).toBe(
      200,
    );
    expect((await call('GET /api/tiers', { headers: other })).status).toBe(401);
    expect((await signIn('change@acme.example', PASSWORD)).status).toBe(401);
    expect((await signIn('change@acme.example', 'quite another one')).status).toBe(201);
    const { key } = await service.apiKey('viewer');
    const byKey = { authorization: `Bearer ${key}` };
    expect(
      (await call('POST /api/session/password', { body: { password: 'long enough pass' }, headers: byKey }))
        .status,
    ).toBe(400);
  });

  it('can be chosen by who has none yet', async () => {
    const user = await service.signIn('viewer');
    const chosen = await call('POST /api/session/password', {
      body: { password: PASSWORD },
      headers: browserHeaders(user),
    });
    expect(chosen.status).toBe(201);
  });

  it('is compared in whatever way its letters are composed', async () => {
    await addUser('accent@acme.example', 'viewer', 'caf\u00e9 au lait matin');
    expect((await signIn('accent@acme.example', 'cafe\u0301 au lait matin')).status).toBe(201);
  });
});

describe('guessing (invariant H4)', () => {
  it('makes its own address wait, and nobody else', async () => {
    await addUser('target@acme.example');
    const statuses: number[] = [];
    for (let guess = 0; guess < 12; guess += 1) {
      statuses.push((await signIn('target@acme.example', 'wrong wrong wrong', '198.51.100.7')).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429, 429]);
    const blocked = await signIn('target@acme.example', PASSWORD, '198.51.100.7');
    expect([blocked.status, Number(blocked.headers.get('retry-after'))]).toEqual([
      429,
      PAIR_WINDOW_MS / 1000,
    ]);
    expect((await signIn('target@acme.example', PASSWORD, '203.0.113.5')).status).toBe(201);
    expect((await signIn('known@acme.example', PASSWORD, '198.51.100.7')).status).toBe(201);
    service.pass(PAIR_WINDOW_MS / 2);
    expect((await signIn('target@acme.example', PASSWORD, '198.51.100.7')).status).toBe(429);
    // Asking in between makes nobody wait longer.
    service.pass(PAIR_WINDOW_MS / 2 + 1000);
    expect((await signIn('target@acme.example', PASSWORD, '198.51.100.7')).status).toBe(201);
  });

  it('from many addresses makes strangers wait, and neither the owner at a known address nor a link', async () => {
    const id = await addUser('famous@acme.example');
    expect((await signIn('famous@acme.example', PASSWORD, '203.0.113.9')).status).toBe(201);
    for (let guess = 0; guess < 101; guess += 1) {
      await signIn('famous@acme.example', 'wrong wrong wrong', `198.51.100.${guess}`);
    }
    expect((await signIn('famous@acme.example', PASSWORD, '192.0.2.200')).status).toBe(429);
    expect((await signIn('famous@acme.example', PASSWORD, '203.0.113.9')).status).toBe(201);
    const link = await asAdmin(`POST /api/users/${id}/link`);
    const opened = await call('POST /api/session/link', { body: { token: tokenOf(link.body.link) } });
    expect(opened.status).toBe(201);
  });
});

describe('users', () => {
  it('are listed, unique by e-mail, and not to be found when they are not there', async () => {
    await addUser('listed@acme.example', 'marketer');
    const { body } = await asAdmin('GET /api/users');
    expect(body.users).toContainEqual(
      expect.objectContaining({
        email: 'listed@acme.example',
        role: 'marketer',
        hasPassword: true,
        hasProvider: false,
      }),
    );
    expect((await asAdmin('POST /api/users', { email: 'LISTED@acme.example', role: 'viewer' })).status).toBe(
      409,
    );
    for (const what of ['DELETE /api/users/u_x', 'POST /api/users/u_x/link', 'DELETE /api/api-keys/k_x']) {
      expect((await asAdmin(what)).status).toBe(404);
    }
    expect((await asAdmin('PATCH /api/users/u_x', { role: 'viewer' })).status).toBe(404);
  });
});

describe('API keys', () => {
  it('are shown once, say when they were used, and stop working when they are revoked', async () => {
    const made = await asAdmin('POST /api/api-keys', { name: 'nightly report', role: 'viewer' });
    const headers = { authorization: `Bearer ${made.body.key}` };
    expect((await call('GET /api/tiers', { headers })).status).toBe(200);
    const { body } = await asAdmin('GET /api/api-keys');
    const [listed] = body.keys.filter(({ id }: { id: string }) => id === made.body.id);
    expect(listed).toMatchObject({
      name: 'nightly report',
      createdBy: admin.userId,
      lastUsedAt: expect.any(String),
    });
    expect(JSON.stringify(body)).not.toContain(made.body.key.split('.')[2]);
    expect((await asAdmin(`DELETE /api/api-keys/${made.body.id}`)).status).toBe(204);
    expect((await asAdmin(`DELETE /api/api-keys/${made.body.id}`)).status).toBe(404);
    expect((await call('GET /api/tiers', { headers })).status).toBe(401);
  });

  it('are not made to expire in the past', async () => {
    const body = { name: 'late', role: 'viewer', expiresAt: '2020-01-01T00:00:00.000Z' };
    expect((await asAdmin('POST /api/api-keys', body)).status).toBe(400);
  });
});

describe('the audit log (invariant H6)', () => {
  /** One call that succeeds of each route of people, keys and runs; tests of the others hold their entries. */
  const changes: Readonly<Record<string, () => Promise<Answer>>> = {
    'post /api/session/link': async () => {
      const added = await asAdmin('POST /api/users', { email: 'audited-1@acme.example', role: 'viewer' });
      return call('POST /api/session/link', {
        body: { token: tokenOf(added.body.link), password: PASSWORD },
      });
    },
    'post /api/runs': () => asAdmin('POST /api/runs', {}),
    'post /api/runs/:run/approve': async () => {
      const run = {
        asOf: '2026-11-22',
        startedAt: '2026-11-22T08:00:00.000Z',
        policyHash: 'p',
        connections: [],
      };
      await service.store.runs.start({ id: 'held', mode: 'live', options: {}, ...run });
      await service.store.runs.finish('held', 'held', '2026-11-22T08:01:00.000Z', {});
      return asAdmin('POST /api/runs/held/approve');
    },
    'post /api/runs/:run/cancel': async () => {
      const { body } = await asAdmin('POST /api/runs', {});
      return asAdmin(`POST /api/runs/${body.run}/cancel`);
    },
    'post /api/people/forget': () => asAdmin('POST /api/people/forget', { email: 'nobody@acme.example' }),
    'post /api/users': () => asAdmin('POST /api/users', { email: 'audited-2@acme.example', role: 'viewer' }),
    'patch /api/users/:user': async () =>
      asAdmin(`PATCH /api/users/${await addUser('audited-3@acme.example')}`, { role: 'marketer' }),
    'delete /api/users/:user': async () =>
      asAdmin(`DELETE /api/users/${await addUser('audited-4@acme.example')}`),
    'post /api/users/:user/link': async () =>
      asAdmin(`POST /api/users/${await addUser('audited-5@acme.example')}/link`),
    'post /api/api-keys': () => asAdmin('POST /api/api-keys', { name: 'audited', role: 'viewer' }),
    'delete /api/api-keys/:key': async () =>
      asAdmin(`DELETE /api/api-keys/${(await service.apiKey('viewer')).id}`),
  };
  it('belongs to routes that are said to change something', () => {
    const changing = ROUTES.filter(({ effect }) => effect === 'changes').map(
      ({ method, path }) => `${method} ${path}`,
    );
    expect(Object.keys(changes).filter((name) => !changing.includes(name))).toEqual([]);
  });

  it.each(Object.keys(changes))('has an entry of %s, with the id of its request', async (route) => {
    const answer = await changes[route]?.();
    expect(answer?.status).toBeLessThan(300);
    const requestId = answer?.headers.get('x-request-id');
    const { body } = await asAdmin('GET /api/audit?limit=5');
    const entries = body.entries.filter(
      (entry: { author: { requestId: string } }) => entry.author.requestId === requestId,
    );
    expect(entries).toHaveLength(1);
  });

  it('tells before and after, and comes in pages', async () => {
    const id = await addUser('before@acme.example');
    await asAdmin(`PATCH /api/users/${id}`, { role: 'marketer' });
    const { body } = await asAdmin('GET /api/audit?limit=1');
    expect(body.entries).toMatchObject([
      {
        action: 'user.change-role',
        author: { kind: 'user', id: admin.userId },
        subject: `user:${id}`,
        before: { email: 'before@acme.example', role: 'viewer' },
        after: { email: 'before@acme.example', role: 'marketer' },
      },
    ]);
    const next = await asAdmin(`GET /api/audit?limit=1&before=${body.entries[0].number}`);
    expect(next.body.entries[0].action).toBe('user.set-password');
  });
});

describe('what is kept (invariant H2)', () => {
  it('holds no password, session, link or key as it was handed out', async () => {
    const added = await asAdmin('POST /api/users', { email: 'kept@acme.example', role: 'viewer' });
    const other = await asAdmin('POST /api/users', { email: 'kept-2@acme.example', role: 'viewer' });
    const opened = await call('POST /api/session/link', {
      body: { token: tokenOf(added.body.link), password: PASSWORD },
    });
    const key = await asAdmin('POST /api/api-keys', { name: 'kept', role: 'viewer' });
    const dump = await dumpPeople();
    expect(dump).toContain('kept@acme.example');
    for (const secret of [
      PASSWORD,
      tokenOf(other.body.link),
      cookieOf(opened.headers).split('=')[1],
      opened.body.csrfToken,
      key.body.key.split('.')[2],
    ]) {
      expect(secret).toMatch(/^.{20,}$/u);
      expect(dump).not.toContain(secret);
    }
    expect(dump).not.toContain('198.51.100.');
  });
});

async function dumpPeople(): Promise<string> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    const tables = [
      'users',
      'one_time_links',
      'sessions',
      'api_keys',
      'sign_in_attempts',
      'known_addresses',
      'audit_log',
    ];
    const dumps: string[] = [];
    for (const table of tables) {
      const { rows } = await client.query(`select * from tierline.${table}`);
      expect(rows.length).toBeGreaterThan(0);
      dumps.push(JSON.stringify(rows));
    }
    return dumps.join('\n');
  } finally {
    await client.end();
  }
}
