import { describe, expect, it } from 'vitest';
import type { Session } from '#connectors/salesforce/session/session.ts';
import { createSessionKeeper } from '#connectors/salesforce/session/session-keeper.ts';
import { AuthError, UnavailableError } from '#errors/errors.ts';
import { silentLog } from '../fake-salesforce.ts';

const sessionOf = (number: number): Session => ({
  accessToken: `token-${number}`,
  instanceUrl: 'https://acme.my.salesforce.com',
  organisationId: null,
  userId: null,
});

const createKeeper = (logIn?: (number: number) => Promise<Session>) => {
  let logins = 0;
  const keeper = createSessionKeeper({
    connection: 'sf',
    log: silentLog,
    async logIn() {
      logins += 1;
      await Promise.resolve();
      return logIn === undefined ? sessionOf(logins) : logIn(logins);
    },
  });
  return { keeper, logins: () => logins };
};

describe('createSessionKeeper', () => {
  it('logs in once for all who ask at the same time', async () => {
    const { keeper, logins } = createKeeper();
    const sessions = await Promise.all([keeper.current(), keeper.current(), keeper.current()]);
    expect(new Set(sessions.map((session) => session.accessToken)).size).toBe(1);
    expect(logins()).toBe(1);
  });

  it('renews once for all whose session was refused', async () => {
    const { keeper, logins } = createKeeper();
    const old = await keeper.current();
    const [one, two] = await Promise.all([keeper.renew(old), keeper.renew(old)]);
    expect(one.accessToken).toBe('token-2');
    expect(two.accessToken).toBe('token-2');
    expect(logins()).toBe(2);
  });

  it('hands the new session to a late refusal of the old one', async () => {
    const { keeper, logins } = createKeeper();
    const old = await keeper.current();
    await keeper.renew(old);
    expect((await keeper.renew(old)).accessToken).toBe('token-2');
    expect(logins()).toBe(2);
  });

  it('gives up when new sessions are refused twice in a row', async () => {
    const { keeper, logins } = createKeeper();
    let session = await keeper.current();
    session = await keeper.renew(session);
    session = await keeper.renew(session);
    await expect(keeper.renew(session)).rejects.toThrow(AuthError);
    await expect(keeper.current()).resolves.toBe(session);
    await expect(keeper.renew(session)).rejects.toThrow('gives sessions and then refuses them');
    expect(logins()).toBe(3);
  });

  it('counts anew after a session was accepted', async () => {
    const { keeper } = createKeeper();
    let session = await keeper.current();
    for (let round = 0; round < 5; round += 1) {
      session = await keeper.renew(session);
      keeper.accepted();
    }
    expect(session.accessToken).toBe('token-6');
  });

  it('does not knock again after the login was refused', async () => {
    const { keeper, logins } = createKeeper(() => Promise.reject(new AuthError('no')));
    await expect(keeper.current()).rejects.toThrow('no');
    await expect(keeper.current()).rejects.toThrow('no');
    expect(logins()).toBe(1);
  });

  it('tries again after a login that did not get through', async () => {
    const { keeper } = createKeeper((number) =>
      number === 1 ? Promise.reject(new UnavailableError('503')) : Promise.resolve(sessionOf(number)),
    );
    await expect(keeper.current()).rejects.toThrow('503');
    expect((await keeper.current()).accessToken).toBe('token-2');
  });
});
