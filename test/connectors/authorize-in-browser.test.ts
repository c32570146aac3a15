// Both CRMs' browser flows against the sandbox: consent page, redirect, code, refresh token, first use of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeHubspot } from '#connectors/hubspot/authorize-in-browser.ts';
import { connectHubspot } from '#connectors/hubspot/connect-hubspot.ts';
import { connectSalesforce } from '#connectors/salesforce/connect-salesforce.ts';
import { authorizeSalesforce } from '#connectors/salesforce/session/authorize-in-browser.ts';
import { AuthError } from '#errors/errors.ts';
import type { CrmAuthorization } from '#ports/crm-authorization.ts';
import { startHubspotSandbox } from '#sandbox/hubspot/start-hubspot-sandbox.ts';
import { startSalesforceSandbox } from '#sandbox/salesforce/start-salesforce-sandbox.ts';

const REDIRECT = 'http://127.0.0.1:4400/oauth/callback';
const VERIFIER = 'v'.repeat(43);

const clock = { now: () => new Date(), sleep: async () => undefined };
const log = { debug() {}, info() {}, warn() {}, error() {} };
const nothingStored = {
  load: async () => null,
  save: async () => undefined,
  exclusively: <Result>(_: string, work: () => Promise<Result>) => work(),
};

interface Side {
  readonly authorization: CrmAuthorization;
  readonly identify: (refreshToken: string) => Promise<string | null>;
}

const sides = new Map<string, Side>();
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const salesforce = await startSalesforceSandbox({});
  const hubspot = await startHubspotSandbox({});
  stops.push(
    () => salesforce.close(),
    () => hubspot.close(),
  );
  const sfAuth = {
    flow: 'refresh-token',
    loginUrl: salesforce.url,
    clientId: salesforce.clientId,
    clientSecret: salesforce.clientSecret,
  } as const;
  sides.set('Salesforce', {
    authorization: authorizeSalesforce('sf', sfAuth),
    async identify(refreshToken) {
      const crm = connectSalesforce(
        { connection: 'sf', auth: { ...sfAuth, refreshToken }, apiVersion: '62.0', dailyShare: 0.5 },
        { clock, log, tokens: nothingStored },
      );
      const { organisation } = await crm.identify();
      await crm.close();
      return organisation;
    },
  });
  const hsAuth = {
    flow: 'refresh-token',
    clientId: hubspot.oauth.clientId,
    clientSecret: hubspot.oauth.clientSecret,
    consentPage: `${hubspot.url}/oauth/authorize`,
  } as const;
  const hs = { connection: 'hs', auth: hsAuth, baseUrl: hubspot.url, apiVersion: '2026-03' };
  sides.set('HubSpot', {
    authorization: authorizeHubspot(hs),
    async identify(refreshToken) {
      const crm = connectHubspot(
        { ...hs, auth: { ...hsAuth, refreshToken }, dailyShare: 0.5 },
        { clock, log, tokens: nothingStored },
      );
      const { organisation } = await crm.identify();
      await crm.close();
      return organisation;
    },
  });
});

afterAll(() => Promise.all(stops.map((stop) => stop())));

/** What a browser does after a person said yes. */
async function consent(authorization: CrmAuthorization, state: string): Promise<URL> {
  const address = authorization.addressOf({ redirectUri: REDIRECT, state, verifier: VERIFIER });
  const answer = await fetch(address, { redirect: 'manual' });
  expect(answer.status).toBe(302);
  return new URL(answer.headers.get('location') ?? '');
}

describe.each(['Salesforce', 'HubSpot'])('%s', (name) => {
  const side = (): Side => sides.get(name) as Side;

  it('sends the browser back with our state, and gives a refresh token that works for the code', async () => {
    const { authorization, identify } = side();
    const returned = await consent(authorization, 'state-1');
    expect(returned.origin + returned.pathname).toBe(REDIRECT);
    expect(returned.searchParams.get('state')).toBe('state-1');
    const code = returned.searchParams.get('code') ?? '';
    const { refreshToken, organisation } = await authorization.redeem({
      code,
      redirectUri: REDIRECT,
      verifier: VERIFIER,
    });
    expect(organisation).not.toBeNull();
    expect(await identify(refreshToken)).toBe(organisation);
  });

  it('takes a code once, and only for the address it was given for', async () => {
    const { authorization } = side();
    const code = (await consent(authorization, 's')).searchParams.get('code') ?? '';
    const elsewhere = { code, redirectUri: 'http://elsewhere.example/callback', verifier: VERIFIER };
    await expect(authorization.redeem(elsewhere)).rejects.toThrow(AuthError);
    await expect(authorization.redeem({ ...elsewhere, redirectUri: REDIRECT })).rejects.toThrow(AuthError);
  });

  it('shows neither code nor secret when it is refused', async () => {
    const { authorization } = side();
    const refused: unknown = await authorization
      .redeem({ code: 'stolen-code', redirectUri: REDIRECT, verifier: VERIFIER })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AuthError);
    expect(String(refused)).not.toMatch(/stolen-code|secret/u);
  });
});

it('Salesforce refuses a code without the verifier that it was asked for with', async () => {
  const { authorization } = sides.get('Salesforce') as Side;
  const code = (await consent(authorization, 's')).searchParams.get('code') ?? '';
  const stolen = { code, redirectUri: REDIRECT, verifier: 'w'.repeat(43) };
  await expect(authorization.redeem(stolen)).rejects.toThrow(AuthError);
});
