import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#ports/audit.ts';
import type { NewUser } from '#ports/people.ts';
import { openTestStore } from './store-fixture.ts';

const AT = '2026-11-22T08:00:00.000Z';
const LATER = '2026-11-22T09:00:00.000Z';

function entryOf(action: string): AuditEntry {
  const author = { kind: 'command-line', id: 'root', requestId: null } as const;
  return { at: AT, author, action, subject: 'user:u_1', before: null, after: { role: 'admin' } };
}

function userOf(id: string, more: Partial<NewUser> = {}): NewUser {
  return { id, email: `${id}@acme.com`, role: 'admin', createdAt: AT, ...more };
}

describe('users', () => {
  it('are added once an e-mail, with an audit entry that is there exactly when they are', async () => {
    const { people, audit } = await openTestStore();
    expect(await people.addUser(userOf('u_1'), entryOf('user.add'))).toBe(true);
    expect(await people.addUser(userOf('u_2', { email: 'u_1@acme.com' }), entryOf('user.add'))).toBe(false);
    expect(await people.listUsers()).toMatchObject([{ id: 'u_1', role: 'admin', hasPassword: false }]);
    expect(await audit.list({ before: null, limit: 10 })).toHaveLength(1);
  });

  it('keep their last admin, also when two admins remove each other at once (invariant H5)', async () => {
    const { people } = await openTestStore();
    await people.addUser(userOf('u_1'), entryOf('user.add'));
    expect(await people.removeUser('u_1', entryOf('user.remove'))).toBe('last-admin');
    expect(await people.changeRole('u_1', 'viewer', entryOf('user.change-role'))).toBe('last-admin');
    await people.addUser(userOf('u_2'), entryOf('user.add'));
    const outcomes = await Promise.all(
      ['u_1', 'u_2'].map((id) => people.removeUser(id, entryOf('user.remove'))),
    );
    expect(outcomes.toSorted()).toEqual(['last-admin', 'removed']);
    expect(await people.countUsers()).toBe(1);
  });

  it('lose their sessions and links when they go, and their sessions when the password changes', async () => {
    const { people } = await openTestStore();
    await people.addUser(userOf('u_1'), entryOf('user.add'));
    await people.addUser(userOf('u_2'), entryOf('user.add'));
    for (const userId of ['u_1', 'u_2']) {
      await people.addSession({ idHash: `s_${userId}`, userId, createdAt: AT });
      await people.addLink({ tokenHash: `l_${userId}`, userId, expiresAt: LATER }, null);
    }
    await people.setPassword('u_2', 'scrypt$…', entryOf('user.set-password'));
    expect(await people.findSession('s_u_1')).toMatchObject({ email: 'u_1@acme.com', role: 'admin' });
    expect(await people.findSession('s_u_2')).toBeNull();
    await people.removeUser('u_1', entryOf('user.remove'));
    expect(await people.findSession('s_u_1')).toBeNull();
    expect(await people.takeLink('l_u_1', AT)).toBe(false);
    expect(await people.takeLink('l_u_2', AT)).toBe(true);
  });
});

describe('one-time links (invariant H3)', () => {
  it('open once, not after their time, and not when a newer one of the same user was made', async () => {
    const { people } = await openTestStore();
    await people.addUser(userOf('u_1'), entryOf('user.add'));
    await people.addLink({ tokenHash: 'old', userId: 'u_1', expiresAt: LATER }, null);
    await people.addLink({ tokenHash: 'new', userId: 'u_1', expiresAt: LATER }, null);
    expect(await people.findLink('old', AT)).toBeNull();
    expect(await people.takeLink('new', LATER)).toBe(false);
    const taken = await Promise.all([1, 2, 3].map(() => people.takeLink('new', AT)));
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  it('make one first admin, however many open them at once', async () => {
    const { people } = await openTestStore();
    await people.addLink({ tokenHash: 'first', userId: null, expiresAt: LATER }, null);
    const claims = await Promise.all(
      ['u_1', 'u_2', 'u_3'].map((id) => people.claimFirstAdmin('first', userOf(id), entryOf('user.add'))),
    );
    expect(claims.filter(Boolean)).toHaveLength(1);
    await people.addLink({ tokenHash: 'second', userId: null, expiresAt: LATER }, null);
    expect(await people.claimFirstAdmin('second', userOf('u_9'), entryOf('user.add'))).toBe(false);
    expect(await people.countUsers()).toBe(1);
  });
});

describe('guesses', () => {
  it('are counted by account and address, and each sees those beside it', async () => {
    const { people } = await openTestStore();
    const now = new Date(AT);
    const counts = await Promise.all([1, 2, 3, 4, 5].map(() => people.noteAttempt('acc', 'here', now)));
    expect(Math.max(...counts.map(({ fromHere }) => fromHere))).toBe(5);
    expect(await people.noteAttempt('acc', 'there', now)).toEqual({
      number: 6,
      fromHere: 1,
      fromAnywhere: 6,
      knownAddress: false,
    });
    await people.dropAttempt(6);
    expect(await people.noteAttempt('acc', 'there', now)).toMatchObject({ fromHere: 1, fromAnywhere: 6 });
    expect(await people.noteAttempt('other', 'here', now)).toMatchObject({ fromHere: 1, fromAnywhere: 1 });
  });

  it('are forgotten for an address from which the right password came, which is known from then on', async () => {
    const { people } = await openTestStore();
    const now = new Date(AT);
    await people.addUser(userOf('u_1'), entryOf('user.add'));
    await people.noteAttempt('acc', 'here', now);
    await people.noteAttempt('acc', 'there', now);
    await people.noteSuccess('acc', 'here', 'u_1', AT);
    expect(await people.noteAttempt('acc', 'here', now)).toMatchObject({
      fromHere: 1,
      fromAnywhere: 2,
      knownAddress: true,
    });
  });

  it('count no longer when their window is over', async () => {
    const { people } = await openTestStore();
    await people.noteAttempt('acc', 'here', new Date(AT));
    const half = new Date('2026-11-22T08:30:00.000Z');
    expect(await people.noteAttempt('acc', 'here', half)).toMatchObject({ fromHere: 1, fromAnywhere: 2 });
    const over = new Date('2026-11-22T09:29:00.000Z');
    expect(await people.noteAttempt('acc', 'here', over)).toMatchObject({ fromHere: 1, fromAnywhere: 2 });
  });
});

describe('what is over', () => {
  it('is cleared away, and nothing else', async () => {
    const { people } = await openTestStore();
    await people.addUser(userOf('u_1'), entryOf('user.add'));
    await people.addSession({ idHash: 'old', userId: 'u_1', createdAt: AT });
    await people.addSession({ idHash: 'new', userId: 'u_1', createdAt: LATER });
    await people.addProviderVisit({ stateHash: 'v', codeVerifier: 'c', nonce: 'n', expiresAt: AT });
    await people.clearExpired({ idleSince: LATER, createdSince: AT, now: LATER });
    expect(await people.findSession('old')).toBeNull();
    expect(await people.findSession('new')).not.toBeNull();
    expect(await people.takeProviderVisit('v', '2026-11-22T07:00:00.000Z')).toBeNull();
  });
});

describe('the audit log (invariant H6)', () => {
  it('gives its entries newest first, page by page', async () => {
    const { audit } = await openTestStore();
    for (const action of ['a', 'b', 'c']) await audit.add(entryOf(action));
    const first = await audit.list({ before: null, limit: 2 });
    expect(first.map(({ action }) => action)).toEqual(['c', 'b']);
    const rest = await audit.list({ before: first.at(-1)?.number ?? null, limit: 2 });
    expect(rest).toMatchObject([{ ...entryOf('a') }]);
  });

  it('is only added to: the database itself refuses to change or delete an entry', async () => {
    const { audit, databaseUrl } = await openTestStore();
    await audit.add(entryOf('a'));
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    try {
      for (const statement of [
        `update tierline.audit_log set action = 'b'`,
        'delete from tierline.audit_log',
        'truncate tierline.audit_log',
      ]) {
        await expect(client.query(statement)).rejects.toThrow('only added to');
      }
    } finally {
      await client.end();
    }
    expect(await audit.list({ before: null, limit: 9 })).toHaveLength(1);
  });
});
