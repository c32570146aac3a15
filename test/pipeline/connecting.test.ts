// Connecting in the browser against real PostgreSQL; the CRM is a port that notes what it was asked.
import { describe, expect, it } from 'vitest';
import { AuthError, ConfigError, UsageError } from '#errors/errors.ts';
import { beginConnecting } from '#pipeline/connecting/begin-connecting.ts';
import type { ConnectingParts } from '#pipeline/connecting/connecting-parts.ts';
import { finishConnecting } from '#pipeline/connecting/finish-connecting.ts';
import type { AuthorizationAnswer, CrmAuthorization } from '#ports/crm-authorization.ts';
import { createTestDatabase, openTestStoreAt } from '../store/store-fixture.ts';

const REDIRECT = 'https://tierline.acme.com/oauth/callback';

async function setUp({ organisation = 'org-1' }: { organisation?: string } = {}) {
  const store = await openTestStoreAt(await createTestDatabase(), {
    secretKeys: { current: Buffer.alloc(32, 7), former: [] },
  });
  const redeemed: AuthorizationAnswer[] = [];
  const crm = { organisation };
  const authorization: CrmAuthorization = {
    addressOf: ({ redirectUri, state, verifier }) =>
      `https://crm.example/authorize?${new URLSearchParams({ redirectUri, state, verifier }).toString()}`,
    async redeem(answer) {
      redeemed.push(answer);
      return { refreshToken: `token-for-${answer.code}`, organisation: crm.organisation };
    },
  };
  const clock = { at: '2026-11-22T10:00:00.000Z', now: () => new Date(clock.at), sleep: async () => {} };
  const parts: ConnectingParts = {
    store: store.connecting,
    clock,
    authorizations: new Map([
      ['sf', authorization],
      ['hs', authorization],
    ]),
  };
  const begin = async (connection = 'sf', person = 'u_ana') => {
    const address = new URL(await beginConnecting(parts, { connection, person, redirectUri: REDIRECT }))
      .searchParams;
    return { state: address.get('state') ?? '', verifier: address.get('verifier') ?? '' };
  };
  return { store, parts, clock, redeemed, crm, begin };
}

const answer = (state: string, more: object = {}) => ({
  state,
  code: 'c1',
  error: null,
  person: 'u_ana',
  ...more,
});

describe('connecting in the browser', () => {
  it('keeps the refresh token of the connection that was asked for, redeemed with the verifier sent along', async () => {
    const { store, parts, redeemed, begin } = await setUp();
    await begin('hs');
    const { state, verifier } = await begin('sf');
    expect(await finishConnecting(parts, answer(state))).toEqual({
      connection: 'sf',
      organisation: 'org-1',
    });
    expect(redeemed).toEqual([{ code: 'c1', redirectUri: REDIRECT, verifier }]);
    expect(await store.tokens.load('sf')).toBe('token-for-c1');
    expect(await store.tokens.load('hs')).toBeNull();
  });

  it.each([
    ['with a state we never gave', async () => answer('made-up')],
    ['of another person', async (begin: Begin) => answer((await begin()).state, { person: 'u_eve' })],
    [
      'that comes a second time',
      async (begin: Begin, parts: ConnectingParts) => {
        const { state } = await begin();
        await finishConnecting(parts, answer(state));
        return answer(state);
      },
    ],
    [
      'that comes after a quarter of an hour',
      async (begin: Begin, _parts: ConnectingParts, clock: { at: string }) => {
        const { state } = await begin();
        clock.at = '2026-11-22T10:15:00.000Z';
        return answer(state);
      },
    ],
    [
      'in which the person said no',
      async (begin: Begin) => answer((await begin()).state, { code: null, error: 'access_denied' }),
    ],
  ])('takes no answer %s', async (_, make) => {
    const { parts, clock, begin } = await setUp();
    const given = await make(begin, parts, clock);
    await expect(finishConnecting(parts, given)).rejects.toThrow(AuthError);
  });

  it('shows of a refusal only what can be an error code', async () => {
    const { parts, begin } = await setUp();
    const { state } = await begin();
    const said = answer(state, { code: null, error: '<script>alert(1)</script>' });
    await expect(finishConnecting(parts, said)).rejects.not.toThrow(/script/u);
  });

  it('does not put another org in the place of the one that was connected', async () => {
    const { store, parts, crm, begin } = await setUp();
    await finishConnecting(parts, answer((await begin()).state));
    crm.organisation = 'org-2';
    const again = answer((await begin()).state, { code: 'c2' });
    await expect(finishConnecting(parts, again)).rejects.toThrow(ConfigError);
    expect(await store.tokens.load('sf')).toBe('token-for-c1');
    crm.organisation = 'org-1';
    await finishConnecting(parts, answer((await begin()).state, { code: 'c3' }));
    expect(await store.tokens.load('sf')).toBe('token-for-c3');
  });

  it('is refused for a connection that needs no browser', async () => {
    const { begin } = await setUp();
    await expect(begin('erp')).rejects.toThrow(UsageError);
  });

  it('is refused where the code would travel in the clear, except on the own machine', async () => {
    const { parts } = await setUp();
    const at = (redirectUri: string) =>
      beginConnecting(parts, { connection: 'sf', person: 'u_ana', redirectUri });
    await expect(at('http://tierline.acme.com/oauth/callback')).rejects.toThrow(ConfigError);
    await expect(at('http://127.0.0.1:4400/oauth/callback')).resolves.toContain('https://crm.example');
  });
});

type Begin = Awaited<ReturnType<typeof setUp>>['begin'];
