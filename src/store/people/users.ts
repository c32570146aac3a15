// Users. There is always an admin once there was one: the last one can neither go nor become less.
import type { Pool, PoolClient } from 'pg';
import type { AccessRole } from '#domain/access/access-role.ts';
import type { NewUser, PeopleStore, User } from '#ports/people.ts';
import { inTransaction } from '../transaction.ts';
import { addAuditEntry } from './audit.ts';

type UserStore = Pick<
  PeopleStore,
  | 'countUsers'
  | 'listUsers'
  | 'findUser'
  | 'findUserByEmail'
  | 'findUserBySubject'
  | 'passwordHash'
  | 'addUser'
  | 'removeUser'
  | 'changeRole'
  | 'setPassword'
  | 'bindSubject'
>;

const selectUser = `
  select id, email, role, created_at, signed_in_at, password_hash is not null as has_password,
         provider_subject is not null as has_provider
    from tierline.users`;

export function createUserStore(pool: Pool): UserStore {
  const findOne = async (condition: string, values: readonly string[]): Promise<User | null> => {
    const { rows } = await pool.query<UserRow>(`${selectUser} where ${condition}`, [...values]);
    return rows[0] === undefined ? null : toUser(rows[0]);
  };
  return {
    async countUsers() {
      const { rows } = await pool.query<{ count: number }>('select count(*) as count from tierline.users');
      return rows[0]?.count ?? 0;
    },

    async listUsers() {
      const { rows } = await pool.query<UserRow>(`${selectUser} order by email`);
      return rows.map(toUser);
    },

    findUser: (id) => findOne('id = $1', [id]),
    findUserByEmail: (email) => findOne('email = $1', [email]),
    findUserBySubject: ({ issuer, subject }) =>
      findOne('provider_issuer = $1 and provider_subject = $2', [issuer, subject]),

    async passwordHash(userId) {
      const { rows } = await pool.query<{ password_hash: string | null }>(
        'select password_hash from tierline.users where id = $1',
        [userId],
      );
      return rows[0]?.password_hash ?? null;
    },

    addUser: (user, entry) =>
      inTransaction(pool, async (client) => {
        const added = await insertUser(client, user);
        if (added) await addAuditEntry(client, entry);
        return added;
      }),

    removeUser: (id, entry) =>
      inTransaction(pool, async (client) => {
        const standing = await standingOf(client, id);
        if (standing !== 'free') return standing;
        await client.query('delete from tierline.users where id = $1', [id]);
        await addAuditEntry(client, entry);
        return 'removed';
      }),

    changeRole: (id, role, entry) =>
      inTransaction(pool, async (client) => {
        const standing = await standingOf(client, id);
        if (standing === 'missing' || (standing === 'last-admin' && role !== 'admin')) return standing;
        await client.query('update tierline.users set role = $2 where id = $1', [id, role]);
        await addAuditEntry(client, entry);
        return 'changed';
      }),

    setPassword: (userId, hash, entry) =>
      inTransaction(pool, async (client) => {
        await client.query('update tierline.users set password_hash = $2 where id = $1', [userId, hash]);
        await client.query('delete from tierline.sessions where user_id = $1', [userId]);
        await addAuditEntry(client, entry);
      }),

    bindSubject: (userId, { issuer, subject }, entry) =>
      inTransaction(pool, async (client) => {
        await client.query(
          'update tierline.users set provider_issuer = $2, provider_subject = $3 where id = $1',
          [userId, issuer, subject],
        );
        await addAuditEntry(client, entry);
      }),
  };
}

/** False: the e-mail is taken. */
export async function insertUser(client: PoolClient, user: NewUser): Promise<boolean> {
  const { rowCount } = await client.query(
    `insert into tierline.users (id, email, role, created_at) values ($1, $2, $3, $4)
     on conflict (email) do nothing`,
    [user.id, user.email, user.role, user.createdAt],
  );
  return rowCount === 1;
}

/** One at a time: two admins who remove each other at once would leave none. */
async function standingOf(client: PoolClient, id: string): Promise<'free' | 'missing' | 'last-admin'> {
  await client.query('lock table tierline.users in share row exclusive mode');
  const { rows } = await client.query<{ role: AccessRole; admins: number }>(
    `select role, (select count(*) from tierline.users where role = 'admin') as admins
       from tierline.users where id = $1`,
    [id],
  );
  const [user] = rows;
  if (user === undefined) return 'missing';
  return user.role === 'admin' && user.admins === 1 ? 'last-admin' : 'free';
}

interface UserRow {
  readonly id: string;
  readonly email: string;
  readonly role: AccessRole;
  readonly created_at: string;
  readonly signed_in_at: string | null;
  readonly has_password: boolean;
  readonly has_provider: boolean;
}

function toUser(row: UserRow): User {
  return {
    id: row.id,
    email: row.email,
    role: row.role,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at,
    hasPassword: row.has_password,
    hasProvider: row.has_provider,
  };
}
