// `keys show`: one company's key, its records with their evidence, its family, its past.
import type { Command } from 'commander';
import { findAccountKey } from '#pipeline/find-account-keys.ts';
import { type ShownCompany, showCompany } from '#pipeline/keys/show-company.ts';
import { EXIT } from '../../output/exit-code.ts';
import type { Terminal } from '../../output/terminal.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';

interface ShowFlags {
  readonly workspace?: string;
  readonly json?: boolean;
}

export function registerKeyShow(keys: Command, run: Run): void {
  keys
    .command('show')
    .argument('<account>', 'CRM id, company key (also a merged one), domain or exact name')
    .description("a company's key: its records and the evidence for each, its family, its past")
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--json', 'print one JSON document')
    .action((account: string, flags: ShowFlags) => run((services) => show(services, account, flags)));
}

async function show(services: Services, account: string, flags: ShowFlags): CommandResult {
  return services.withSession(flags.workspace, async ({ store }) => {
    const company = await showCompany(store, await findAccountKey(store, account));
    if (flags.json === true) services.terminal.json({ schema: 'tierline.keys.show/1', ...company });
    else print(services.terminal, company);
    return EXIT.done;
  });
}

function print(terminal: Terminal, company: ShownCompany): void {
  const { key, family, relatives, mergedKeys, accounts, contacts, judgements, history } = company;
  terminal.out(terminal.style.bold(key));
  for (const { connection, id, name, evidence, since } of accounts) {
    const because = evidence.length === 0 ? 'stands alone' : evidence.join(', ');
    terminal.out(`  ${connection} ${id}  ${String(name ?? '')}  (${because}; since run ${since ?? '?'})`);
  }
  terminal.out(`  and ${contacts} contacts`);
  if (relatives.length > 0) terminal.out(`Family ${family ?? key}, with ${relatives.join(', ')}`);
  if (mergedKeys.length > 0) terminal.out(`Merged into it: ${mergedKeys.join(', ')}`);
  for (const { verdict, a, b, by, at, reason } of judgements) {
    const why = reason === null ? '' : `: ${reason}`;
    terminal.out(
      `${at.slice(0, 10)} ${by} said ${a.connection} ${a.id} ${verdict} ${b.connection} ${b.id}${why}`,
    );
  }
  for (const { record, key: before, evidence, fromRun, toRun } of history) {
    const because = evidence.length === 0 ? '' : ` (${evidence.join(', ')})`;
    terminal.out(
      `${record.connection} ${record.id} was with ${before ?? 'no company'}${because}, runs ${fromRun ?? '?'} to ${toRun ?? '?'}`,
    );
  }
}
