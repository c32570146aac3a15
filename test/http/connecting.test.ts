// Connecting both CRMs as a person does: click, consent at the (local) CRM, back with a code; over HTTP all the way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { startSalesforceSandbox } from '#sandbox/salesforce/start-salesforce-sandbox.ts';
import { browserHeaders, type SignedIn, startTestService, type TestService } from './service-fixture.ts';

let service: TestService;
let admin: SignedIn;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const [salesforce, hubspot] = await Promise.all([startSalesforceSandbox({}), startHubspotSandbox({})]);
  closing.push(
    () => salesforce.close(),
    () => hubspot.close(),
  );
  const { clientId, clientSecret } = salesforce;
  service = await startTestService({
    connections: [
      {
        id: 'sf',
        crm: 'salesforce',
        auth: { flow: 'refresh-token', loginUrl: salesforce.url, clientId, clientSecret },
      },
      {
        id: 'hs',
        crm: 'hubspot',
        baseUrl: hubspot.url,
        auth: {
          flow: 'refresh-token',
          clientId: hubspot.oauth.clientId,
          clientSecret: hubspot.oauth.clientSecret,
          consentPage: `${hubspot.url}/oauth/authorize`,
        },
      },
      { id: 'key', crm: 'hubspot', baseUrl: hubspot.url, auth: { flow: 'access-token', token: 'pat-x' } },
    ],
  });
  admin = await service.signIn('admin');
});

afterAll(() => Promise.all(closing.map((close) => close())));

async function begin(connection: string, as: SignedIn): Promise<Response> {
  return fetch(`${service.url}/api/connections/${connection}/connect`, {
    method: 'POST',
    headers: browserHeaders(as),
  });
}

/** The CRM's page, where a person says yes; answers where it sends the browser. */
async function consent(connection: string, as = admin): Promise<string> {
  const { address } = (await (await begin(connection, as)).json()) as { address: string };
  const answer = await fetch(address, { redirect: 'manual' });
  return answer.headers.get('location') ?? '';
}

async function comeBack(address: string, as = admin): Promise<string | null> {
  const answer = await fetch(address, { headers: { cookie: as.cookie }, redirect: 'manual' });
  return answer.headers.get('location');
}

async function organisations(): Promise<Record<string, string | null>> {
  const answer = await fetch(`${service.url}/api/connections`, { headers: browserHeaders(admin) });
  const { connections } = (await answer.json()) as {
    connections: { id: string; organisation: string | null }[];
  };
  return Object.fromEntries(connections.map(({ id, organisation }) => [id, organisation]));
}

describe('connecting in the browser', () => {
  it.each(['sf', 'hs'])('leaves %s connected, with its token stored and an audit entry', async (id) => {
    expect((await organisations())[id]).toBeNull();
    expect(await comeBack(await consent(id))).toBe(`/?connected=${id}`);
    expect((await organisations())[id]).toMatch(/\w+/u);
    expect(await service.store.tokens.load(id)).toMatch(/.{10}/u);
    const entries = await service.store.audit.list({ before: null, limit: 2 });
    expect(entries.map(({ action }) => action)).toEqual(['connection.connect', 'connection.begin']);
    expect(JSON.stringify(entries)).not.toContain((await service.store.tokens.load(id)) ?? 'nothing stored');
  });

  it('takes an answer once', async () => {
    const answer = await consent('sf');
    await comeBack(answer);
    expect(await comeBack(answer)).toBe('/?refused=not-connected');
  });

  it('takes no answer that another admin asked for, nor one with a state of its own making', async () => {
    const other = await service.signIn('admin');
    expect(await comeBack(await consent('sf', other), admin)).toBe('/?refused=not-connected');
    const forged = new URL(await consent('sf'));
    forged.searchParams.set('state', 'x'.repeat(43));
    expect(await comeBack(forged.href)).toBe('/?refused=not-connected');
  });

  it('says so when the person refuses at the CRM', async () => {
    const refused = new URL(await consent('sf'));
    refused.searchParams.delete('code');
    refused.searchParams.set('error', 'access_denied');
    expect(await comeBack(refused.href)).toBe('/?refused=not-connected');
    expect(service.log.map(({ fields }) => fields['reason'])).toContain(
      'sf: the CRM gave no access (access_denied)',
    );
  });

  it('is refused for a connection with a service key, and for a program', async () => {
    expect((await begin('key', admin)).status).toBe(400);
    const { key } = await service.apiKey('admin');
    const asked = await fetch(`${service.url}/api/connections/sf/connect`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
    });
    expect(asked.status).toBe(400);
  });

  it('writes neither code nor state nor token into the log', async () => {
    const address = new URL(await consent('hs'));
    await comeBack(address.href);
    const log = JSON.stringify(service.log);
    for (const secret of [address.searchParams.get('code'), address.searchParams.get('state')])
      expect(log).not.toContain(secret);
    expect(log).not.toContain(await service.store.tokens.load('hs'));
  });
});
