// `keys show`: one company's key, its records with their evidence, its family, its past.
import type { Command } from 'commander';
import { findAccountKey } from '#pipeline/find-account-keys.ts';
import { showCompany } from '#pipeline/keys/show-company.ts';
import { EXIT } from '../../output/exit-code.ts';
import { printCompany } from '../../output/print-company.ts';
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
    else printCompany(services.terminal, company);
    return EXIT.done;
  });
}
