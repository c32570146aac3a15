// `config push`: makes a version of what a folder has changed.
import { type Command, Option } from 'commander';
import { MAPPING_FILE_NAMES } from '#mapping/files/mapping-file-names.ts';
import { pushFolder } from '#pipeline/configuration/push-folder.ts';
import { requireMade } from '#pipeline/configuration/require-done.ts';
import { commandLineAuthor } from '../../command-line-author.ts';
import type { CommandResult, Services } from '../../services.ts';
import type { Run } from '../run.ts';
import { chosenFolderThere } from './chosen-folder.ts';
import { parseReason } from './parse-reason.ts';
import { reportMade } from './report-made.ts';

interface PushFlags {
  readonly workspace?: string;
  readonly reason: string;
  readonly replace?: boolean;
  readonly remove?: readonly string[];
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export function registerConfigPush(config: Command, run: Run): void {
  config
    .command('push')
    .argument('[dir]', "folder of files (default: the workspace's mappings)")
    .description('make a version of what the folder has changed; it is checked as a whole first')
    .requiredOption('--reason <text>', 'why, for whoever looks at it later', parseReason)
    .option('--workspace <dir>', 'folder with tierline.yaml')
    .option('--replace', 'let the folder stand, whatever came into force since it was last pulled')
    .addOption(
      new Option('--remove <path...>', 'take these files out of the service').choices(MAPPING_FILE_NAMES),
    )
    .option('--dry-run', 'check and show what would change, store nothing')
    .option('--json', 'print one JSON document')
    .action((dir: string | undefined, flags: PushFlags) => run((services) => push(services, dir, flags)));
}

async function push(services: Services, dir: string | undefined, flags: PushFlags): CommandResult {
  return services.withConfiguration(flags.workspace, async ({ parts, mappingsFolder }) => {
    const { proposed, late, missing } = await pushFolder(parts, {
      folder: chosenFolderThere(dir, mappingsFolder),
      reason: flags.reason,
      author: commandLineAuthor(),
      dryRun: flags.dryRun === true,
      replace: flags.replace === true,
      remove: flags.remove ?? [],
    });
    const { terminal } = services;
    const made = requireMade(proposed);
    for (const { path, held } of late) {
      terminal.note(`${path}: version ${held?.version} is newer than the folder: \`tierline config pull\`.`);
    }
    for (const { path, held } of missing) {
      terminal.note(`${path}: version ${held?.version} stays in force; --remove ${path} takes it out.`);
    }
    return reportMade(terminal, 'tierline.config.push/1', made, flags);
  });
}
