import { describe, expect, it } from 'vitest';
import { createAccessTokens, type PostTokenForm } from '#connectors/hubspot/call/access-token.ts';
import { RefusedCallError } from '#connectors/hubspot/errors.ts';
import { AuthError, ContractError, UnavailableError } from '#errors/errors.ts';
import { createTokenStore } from '../connected.ts';

const REFRESH = {
  flow: 'refresh-token',
  clientId: 'id',
  clientSecret: 'secret',
  refreshToken: 'r-file',
} as const;

const BAD_TOKEN = {
  status: 400,
  code: 'BAD_REFRESH_TOKEN',
  category: '',
  property: null,
  policy: null,
  scopes: [],
  traceIds: [],
  ids: [],
};

function setUp(postForm: PostTokenForm) {
  const clock = { nowMs: 0, now: () => new Date(clock.nowMs), sleep: async () => undefined };
  const store = createTokenStore();
  const forms: Readonly<Record<string, string>>[] = [];
  const tokens = createAccessTokens({
    connection: 'hs',
    auth: REFRESH,
    clock,
    tokens: store,
    async postForm(form) {
      forms.push(form);
      return postForm(form);
    },
  });
  return { tokens, clock, store, forms };
}

/** A token endpoint that counts its answers. */
const numbered = (more: object = {}): PostTokenForm => {
  let count = 0;
  return async () => {
    count += 1;
    return { access_token: `a${count}`, expires_in: 1800, refresh_token: 'r-file', hub_id: 77, ...more };
  };
};

describe('a fixed token', () => {
  it('is given as it is and cannot be renewed', async () => {
    const tokens = createAccessTokens({
      connection: 'hs',
      auth: { flow: 'access-token', token: 'pat' },
      clock: { now: () => new Date(), sleep: async () => undefined },
      tokens: createTokenStore(),
      postForm: () => Promise.reject(new Error('never')),
    });
    expect(await tokens.current()).toBe('pat');
    expect(await tokens.renew('pat')).toBeNull();
  });
});

describe('a refreshed token', () => {
  it('is asked for once, however many calls wait for it', async () => {
    const { tokens, forms } = setUp(numbered());
    expect(await Promise.all([tokens.current(), tokens.current(), tokens.current()])).toEqual([
      'a1',
      'a1',
      'a1',
    ]);
    expect(forms).toEqual([
      { grant_type: 'refresh_token', client_id: 'id', client_secret: 'secret', refresh_token: 'r-file' },
    ]);
    expect(tokens.portalId).toBe('77');
  });

  it('is renewed before it ends, not when HubSpot refuses it', async () => {
    const { tokens, clock } = setUp(numbered());
    await tokens.current();
    clock.nowMs = 1_600_000;
    expect(await tokens.current()).toBe('a1');
    clock.nowMs = 1_790_000;
    expect(await tokens.current()).toBe('a2');
  });

  it('is not renewed at every call when it lives for a minute only', async () => {
    const { tokens, clock, forms } = setUp(numbered({ expires_in: 60 }));
    await tokens.current();
    clock.nowMs = 20_000;
    await tokens.current();
    expect(forms).toHaveLength(1);
    clock.nowMs = 31_000;
    expect(await tokens.current()).toBe('a2');
  });

  it('is renewed after a refusal once, also for calls that were refused with the same one', async () => {
    const { tokens, forms } = setUp(numbered());
    await tokens.current();
    expect(await Promise.all([tokens.renew('a1'), tokens.renew('a1')])).toEqual(['a2', 'a2']);
    expect(await tokens.renew('a1')).toBe('a2');
    expect(forms).toHaveLength(2);
  });

  it('comes from the stored refresh token when there is one, and a rotated one is stored first', async () => {
    const { tokens, store, forms } = setUp(async () => ({
      access_token: 'a',
      expires_in: 1800,
      refresh_token: 'r-new',
    }));
    await store.save('hs', 'r-stored');
    await tokens.current();
    expect(forms[0]?.['refresh_token']).toBe('r-stored');
    expect(store.saved.get('hs')).toBe('r-new');
  });

  it("falls back to the file's refresh token when a person connected anew, and remembers it", async () => {
    const { tokens, store } = setUp(async ({ refresh_token: refreshToken }) => {
      if (refreshToken !== 'r-file') throw new RefusedCallError('refused', BAD_TOKEN);
      return { access_token: 'a', expires_in: 1800 };
    });
    await store.save('hs', 'r-dead');
    expect(await tokens.current()).toBe('a');
    expect(store.saved.get('hs')).toBe('r-file');
  });

  it('is not used when the rotated refresh token could not be stored', async () => {
    const { tokens, store } = setUp(async () => ({
      access_token: 'a',
      expires_in: 1800,
      refresh_token: 'r-new',
    }));
    store.save = () => Promise.reject(new Error('the disk is full'));
    await expect(tokens.current()).rejects.toThrow('the disk is full');
  });

  it('says what to do when HubSpot refuses the refresh token, and quotes no secret', async () => {
    const { tokens } = setUp(async () => {
      throw new RefusedCallError('refused', BAD_TOKEN);
    });
    const refused = await tokens.current().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AuthError);
    expect(String(refused)).toContain('BAD_REFRESH_TOKEN');
    expect(String(refused)).not.toMatch(/secret|r-file/);
  });

  it('passes on that HubSpot is away, and asks anew the next time', async () => {
    let away = true;
    const { tokens } = setUp(async (form) => {
      if (away) throw new UnavailableError('away');
      return numbered()(form);
    });
    await expect(tokens.current()).rejects.toThrow(UnavailableError);
    away = false;
    expect(await tokens.current()).toBe('a1');
  });

  it('does not take an answer for a token that holds none', async () => {
    const { tokens } = setUp(async () => ({ status: 'ok' }));
    await expect(tokens.current()).rejects.toThrow(ContractError);
  });
});
