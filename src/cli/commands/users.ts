// `users add`, `users list`, `users remove`: who may sign in to the service.
import { type Command, InvalidArgumentError } from 'commander';
import { z } from 'zod';
import { loadWorkspace, workspaceFolder } from '#config/load-workspace.ts';
import { ACCESS_ROLES, type AccessRole } from '#domain/access/access-role.ts';
import { NotFoundError, UsageError } from '#errors/errors.ts';
import { removeUser } from '#people/change-user.ts';
import { inviteUser, linkFor } from '#people/invite.ts';
import { createPasswords } from '#people/passwords.ts';
import { type PeopleParts, plainEmail } from '#people/people-parts.ts';
import { signInLink } from '#people/sign-in-link.ts';
import type { Session } from '#pipeline/session.ts';
import { commandLineAuthor } from '../command-line-author.ts';
import { EXIT } from '../output/exit-code.ts';
import { formatTable } from '../output/table.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface UserFlags {
  readonly workspace?: string;
  readonly role: AccessRole;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Where `serve` answers unless it is told otherwise. */
const USUAL_ORIGIN = 'http://127.0.0.1:4400';

export function registerUsers(program: Command, run: Run): void {
  const users = program.command('users').description('who may sign in to the service');
  users
    .command('add <email>')
    .description('add a user and print a one-time link; for a user who is there, a new link')
    .requiredOption('--role <role>', ACCESS_ROLES.join(', '), parseRole)
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'say what would be done, do nothing')
    .option('--json', 'print one JSON document')
    .action((email: string, flags: UserFlags) => run((services) => add(services, email, flags)));
  users
    .command('list')
    .description('all users')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((flags: UserFlags) => run((services) => list(services, flags)));
  users
    .command('remove <email>')
    .description('remove a user; the sessions end at once')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'say what would be done, do nothing')
    .option('--json', 'print one JSON document')
    .action((email: string, flags: UserFlags) => run((services) => remove(services, email, flags)));
}

function parseRole(text: string): AccessRole {
  const role = ACCESS_ROLES.find((one) => one === text);
  if (role === undefined) throw new InvalidArgumentError(`One of ${ACCESS_ROLES.join(', ')} is wanted.`);
  return role;
}

async function add(services: Services, email: string, flags: UserFlags): CommandResult {
  if (!z.email().safeParse(plainEmail(email)).success)
    throw new UsageError(`"${email}" is no e-mail address`);
  const { service } = loadWorkspace(
    workspaceFolder(flags.workspace, services.environment),
    services.environment,
  );
  return services.withSession(flags.workspace, async (session) => {
    const parts = partsOf(session);
    const known = await parts.store.findUserByEmail(plainEmail(email));
    if (known !== null && known.role !== flags.role) {
      throw new UsageError(`There is a user ${known.email} with the role ${known.role}`, {
        next: `Give the role ${known.role} for a new link; an admin changes roles with PATCH /api/users/{user}.`,
      });
    }
    if (flags.dryRun === true) {
      services.terminal.out(
        known === null ? `would add ${plainEmail(email)} (${flags.role})` : 'would make a new link',
      );
      return EXIT.done;
    }
    const token =
      known === null
        ? (await inviteUser(parts, email, flags.role, commandLineAuthor()))?.token
        : await linkFor(parts, known.id, commandLineAuthor());
    if (token === undefined) throw new UsageError('Somebody added this user at the same moment');
    const link = signInLink(service.publicUrl ?? USUAL_ORIGIN, token);
    if (flags.json === true) {
      const user = { email: plainEmail(email), role: flags.role };
      services.terminal.json({ schema: 'tierline.users.add/1', ...user, added: known === null, link });
    } else {
      services.terminal.note(`Send this link to ${plainEmail(email)} only; it opens once, within 48 hours:`);
      services.terminal.out(link);
    }
    return EXIT.done;
  });
}

async function list(services: Services, flags: UserFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const users = await session.store.people.listUsers();
    if (flags.json === true) {
      services.terminal.json({ schema: 'tierline.users.list/1', users });
      return EXIT.done;
    }
    const columns = [
      { title: 'e-mail', width: 50 },
      { title: 'role' },
      { title: 'signs in with' },
      { title: 'last' },
    ];
    const rows = users.map(({ email, role, hasPassword, hasProvider, signedInAt }) => {
      const ways = [...(hasPassword ? ['password'] : []), ...(hasProvider ? ['provider'] : [])];
      return [email, role, ways.join(', ') || 'link', signedInAt ?? 'never'];
    });
    for (const line of formatTable(columns, rows)) services.terminal.out(line);
    return EXIT.done;
  });
}

async function remove(services: Services, email: string, flags: UserFlags): CommandResult {
  return services.withSession(flags.workspace, async (session) => {
    const parts = partsOf(session);
    const user = await parts.store.findUserByEmail(plainEmail(email));
    if (user === null)
      throw new NotFoundError(`There is no user "${email}"`, { next: 'See `tierline users list`.' });
    if (flags.dryRun !== true && (await removeUser(parts, user.id, commandLineAuthor())) === 'last-admin') {
      throw new UsageError(`${user.email} is the last admin`, { next: 'Add another admin first.' });
    }
    const keys = (await parts.store.listApiKeys()).filter(
      ({ createdBy, revokedAt }) => createdBy === user.id && revokedAt === null,
    );
    if (flags.json === true) {
      const left = keys.map(({ id, name, role }) => ({ id, name, role }));
      services.terminal.json({ schema: 'tierline.users.remove/1', email: user.email, apiKeysLeft: left });
    } else {
      services.terminal.out(`${flags.dryRun === true ? 'would remove' : 'removed'} ${user.email}`);
      for (const { id, name } of keys)
        services.terminal.note(`API key ${id} ("${name}") stays until it is revoked.`);
    }
    return EXIT.done;
  });
}

function partsOf({ store, clock }: Session): PeopleParts {
  return { store: store.people, clock, passwords: createPasswords() };
}
