// Signing in with an identity provider, over real HTTP on both sides.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inviteUser } from '#people/invite.ts';
import { type LocalIssuer, type Misdeed, type Person, startLocalIssuer } from './local-issuer.ts';
import { callService } from './service-client.ts';
import { ADMIN_AUTHOR, startTestService, type TestService } from './service-fixture.ts';

let issuer: LocalIssuer;
let service: TestService;

beforeAll(async () => {
  issuer = await startLocalIssuer();
  const { url, clientId, clientSecret } = issuer;
  service = await startTestService({
    provider: {
      name: 'Acme account',
      issuer: url,
      clientId,
      clientSecret,
      domains: { 'acme.example': 'viewer' },
    },
  });
});

beforeEach(() => {
  issuer.misdeed = null;
  issuer.denies = false;
});

afterAll(() => issuer.close());

/** A browser: what it was given as cookies, and where it was sent. */
async function follow(
  address: string,
  cookie = '',
): Promise<{ readonly to: string; readonly cookies: Map<string, string> }> {
  const response = await fetch(address, { redirect: 'manual', headers: { cookie } });
  await response.body?.cancel();
  const cookies = new Map(
    response.headers.getSetCookie().map((line): [string, string] => {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      return [name, value];
    }),
  );
  return { to: response.headers.get('location') ?? String(response.status), cookies };
}

async function visit(): Promise<{ readonly callback: string; readonly cookie: string }> {
  const away = await follow(`${service.url}/sign-in/provider`);
  const { to } = await follow(away.to);
  return { callback: to, cookie: `tierline-visit=${away.cookies.get('tierline-visit')}` };
}

async function signInAs(person: Person): Promise<{ readonly to: string; readonly cookie: string | null }> {
  issuer.person = person;
  const { callback, cookie } = await visit();
  const back = await follow(callback, cookie);
  const session = back.cookies.get('tierline-session');
  return { to: back.to, cookie: session === undefined ? null : `tierline-session=${session}` };
}

async function userOf(cookie: string | null) {
  const { body } = await callService(service.url, 'GET /api/session', { headers: { cookie: cookie ?? '' } });
  return body.user as { readonly email: string; readonly role: string; readonly id: string } | null;
}

describe('a person of the identity provider', () => {
  it('who is a user gets in with the role that they have here', async () => {
    await inviteUser(service.people, 'boss@elsewhere.example', 'admin', ADMIN_AUTHOR);
    const { to, cookie } = await signInAs({
      sub: 'b1',
      email: 'Boss@Elsewhere.example',
      email_verified: true,
    });
    expect(to).toBe('/');
    expect(await userOf(cookie)).toMatchObject({ email: 'boss@elsewhere.example', role: 'admin' });
  });

  it('of an allowed domain becomes a user at the first visit, with an audit entry, and is the same one at the second', async () => {
    const first = await userOf(
      (await signInAs({ sub: 'n1', email: 'new@acme.example', email_verified: true })).cookie,
    );
    expect(first).toMatchObject({ email: 'new@acme.example', role: 'viewer' });
    const entries = await service.store.audit.list({ before: null, limit: 2 });
    expect(entries.map(({ action }) => action)).toEqual(['user.bind-provider', 'user.add']);
    const later = await userOf(
      (await signInAs({ sub: 'n1', email: 'renamed@acme.example', email_verified: true })).cookie,
    );
    expect(later?.id).toBe(first?.id);
  });

  it('who is somebody else gets nowhere with an address that was given out again', async () => {
    await signInAs({ sub: 'old', email: 'reused@acme.example', email_verified: true });
    const { to, cookie } = await signInAs({ sub: 'new', email: 'reused@acme.example', email_verified: true });
    expect([to, cookie]).toEqual(['/?refused=another-person', null]);
  });

  it.each<readonly [string, Person, string]>([
    ['of another domain', { sub: 's1', email: 'a@stranger.example', email_verified: true }, 'unknown-person'],
    [
      'of a domain that ends alike',
      { sub: 's2', email: 'a@notacme.example', email_verified: true },
      'unknown-person',
    ],
    [
      'with an address that nobody vouches for',
      { sub: 's3', email: 'boss@elsewhere.example', email_verified: false },
      'email-not-proven',
    ],
    ['without an address', { sub: 's4' }, 'email-not-proven'],
    [
      'of the domain "constructor"',
      { sub: 's5', email: 'a@constructor', email_verified: true },
      'unknown-person',
    ],
  ])('%s is turned away', async (_who, person, refused) => {
    const before = await service.people.store.countUsers();
    expect(await signInAs(person)).toEqual({ to: `/?refused=${refused}`, cookie: null });
    expect(await service.people.store.countUsers()).toBe(before);
  });
});

describe('what comes back from the provider', () => {
  const person = { sub: 'm1', email: 'm1@acme.example', email_verified: true };

  it.each<Misdeed>(['nonce', 'audience', 'issuer', 'expired', 'signature', 'no-id-token'])(
    'is refused for what is wrong with its token (%s)',
    async (misdeed) => {
      issuer.misdeed = misdeed;
      expect(await signInAs(person)).toEqual({ to: '/?refused=provider-refused', cookie: null });
    },
  );

  it('is refused when the person said no', async () => {
    issuer.denies = true;
    expect(await signInAs(person)).toEqual({ to: '/?refused=provider-refused', cookie: null });
  });

  it('counts only in the browser that went off, once, and in time', async () => {
    issuer.person = person;
    const { callback, cookie } = await visit();
    const over = '/?refused=visit-over';
    expect((await follow(callback)).to).toBe(over);
    expect((await follow(callback, (await visit()).cookie)).to).toBe(over);
    expect((await follow(callback, cookie)).to).toBe('/');
    expect((await follow(callback, cookie)).to).toBe(over);
    const late = await visit();
    service.pass(11 * 60_000);
    expect((await follow(late.callback, late.cookie)).to).toBe(over);
  });

  it('leaves no code, token or address in the log', async () => {
    await signInAs(person);
    const text = JSON.stringify(service.log);
    expect(text).toContain('/sign-in/provider/callback');
    expect(text).not.toMatch(/code=|state=|@acme|eyJ/u);
  });
});

describe('without an identity provider', () => {
  it('there is nothing to go off to, and one that is away leaves the other ways in open', async () => {
    const without = await startTestService();
    expect((await callService(without.url, 'GET /sign-in/provider')).status).toBe(404);
    const away = await startTestService({
      provider: { name: 'x', issuer: 'http://127.0.0.1:9', clientId: 'c', clientSecret: 's', domains: {} },
    });
    expect((await callService(away.url, 'GET /sign-in/provider')).status).toBe(503);
    expect((await callService(away.url, 'GET /api/session')).body.provider).toBe('x');
  });
});
