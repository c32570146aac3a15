// `data forget`: removes a person from the store, and says where they would come back from. The address is printed nowhere.
import type { Command } from 'commander';
import { UsageError } from '#errors/errors.ts';
import { type ForgettingOutcome, forgetPerson } from '#pipeline/forget-person.ts';
import { FORGOTTEN_KINDS, type ForgottenKind } from '#ports/forgetting.ts';
import { commandLineAuthor } from '../command-line-author.ts';
import { EXIT } from '../output/exit-code.ts';
import { formatTable } from '../output/table.ts';
import type { Terminal } from '../output/terminal.ts';
import type { CommandResult, Services } from '../services.ts';
import type { Run } from './run.ts';

interface ForgetFlags {
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerData(program: Command, run: Run): void {
  const data = program.command('data').description('what is stored of persons');
  data
    .command('forget <email>')
    .description('remove a person from the store, wherever they stand')
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--dry-run', 'say what would be removed, remove nothing')
    .option('--json', 'print one JSON document')
    .action((email: string, flags: ForgetFlags) => run((services) => forget(services, email, flags)));
}

async function forget(services: Services, email: string, flags: ForgetFlags): CommandResult {
  if (!/^\s*[^\s@]+@[^\s@]+\s*$/u.test(email))
    throw new UsageError('What was given is no e-mail address', {
      next: 'Give the address as it stands in the CRM: tierline data forget EMAIL',
    });
  const { terminal } = services;
  return services.withSession(flags.workspace, async (session) => {
    const outcome = await forgetPerson(session, email, {
      dryRun: flags.dryRun === true,
      author: commandLineAuthor(),
    });
    if (flags.json === true) terminal.json({ schema: 'tierline.data.forget/1', ...outcome });
    else printOutcome(terminal, outcome);
    return EXIT.done;
  });
}

function printOutcome(terminal: Terminal, { effect, found, removed, stillIn, sources }: ForgettingOutcome) {
  if (found) {
    const title = effect === 'now' ? 'removed' : 'to remove';
    const columns = [{ title }, { title: 'rows', align: 'right' } as const];
    const rows = FORGOTTEN_KINDS.filter((kind) => removed[kind] > 0).map((kind) => [
      KIND_WORDS[kind],
      String(removed[kind]),
    ]);
    for (const line of formatTable(columns, rows)) terminal.out(line);
  } else terminal.out('Nothing is stored of this person.');
  if (effect === 'after_run')
    terminal.note('A run is at work: it forgets the person as the last thing it does.');
  if (stillIn.length > 0) {
    terminal.note(
      'These records still stand in a CRM and come back when they are read again; delete them there:',
    );
    for (const { connection, object, id } of stillIn) terminal.note(`  ${connection} ${object} ${id}`);
  }
  for (const source of sources)
    terminal.note(
      `The file of source ${source} holds the address: take it out before the file is loaded again.`,
    );
}

const KIND_WORDS: Readonly<Record<ForgottenKind, string>> = {
  records: 'contacts and leads',
  opportunityRoles: 'roles in deals',
  mergedIds: 'ids merged away',
  memberships: 'places in companies, past and present',
  judgements: 'judgements and questions',
  written: 'values we wrote',
  changes: 'planned changes',
  sourceRows: 'source rows',
  marks: 'marks of work in hand',
  cleaned: 'rows that stay without the person',
};
